-- AlterTable
ALTER TABLE "control"."gateway_configuration" ADD COLUMN     "limits" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "routes" JSONB NOT NULL DEFAULT '{}';
