-- CreateTable
CREATE TABLE "control"."deploy" (
    "id" UUID NOT NULL,
    "service" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "url" TEXT,
    "by" TEXT,

    CONSTRAINT "deploy_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "deploy_service_version_at_key" ON "control"."deploy"("service", "version", "at");

-- CreateIndex
CREATE INDEX "deploy_at_idx" ON "control"."deploy"("at" DESC);
