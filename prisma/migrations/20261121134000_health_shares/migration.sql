-- CreateTable
CREATE TABLE "control"."health_share" (
    "id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "created_by" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" TEXT,

    CONSTRAINT "health_share_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "health_share_token_hash_key" ON "control"."health_share"("token_hash");

-- CreateIndex
CREATE INDEX "health_share_expires_at_idx" ON "control"."health_share"("expires_at");
