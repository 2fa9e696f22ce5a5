-- AlterTable: entries that are there already keep their order, and stay outside the chain.
ALTER TABLE "control"."audit_entry" ADD COLUMN "seq" BIGINT,
ADD COLUMN "previous" TEXT,
ADD COLUMN "digest" TEXT;
UPDATE "control"."audit_entry" SET "seq" = "numbered"."seq"
FROM (SELECT "id", row_number() OVER (ORDER BY "at", "id") AS "seq" FROM "control"."audit_entry") AS "numbered"
WHERE "audit_entry"."id" = "numbered"."id";
ALTER TABLE "control"."audit_entry" ALTER COLUMN "seq" SET NOT NULL;

-- CreateTable
CREATE TABLE "control"."gateway_configuration" (
    "version" INTEGER NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "actor" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "document" JSONB NOT NULL,

    CONSTRAINT "gateway_configuration_pkey" PRIMARY KEY ("version")
);

-- CreateIndex
CREATE UNIQUE INDEX "audit_entry_seq_key" ON "control"."audit_entry"("seq");

-- CreateIndex
CREATE INDEX "audit_entry_subject_seq_idx" ON "control"."audit_entry"("subject", "seq" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "gateway_configuration_issued_at_key" ON "control"."gateway_configuration"("issued_at");
