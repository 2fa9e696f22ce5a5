-- AlterTable
ALTER TABLE "control"."alert" ADD COLUMN "expires_at" TIMESTAMPTZ(3),
ADD COLUMN "generator_url" TEXT,
ADD COLUMN "acknowledged_at" TIMESTAMPTZ(3),
ADD COLUMN "acknowledged_by" TEXT,
ADD COLUMN "acknowledgement" TEXT;

-- CreateIndex
CREATE INDEX "alert_fired_at_idx" ON "control"."alert"("fired_at");

-- CreateTable
CREATE TABLE "control"."notification_alert" (
    "notification_id" UUID NOT NULL,
    "alert_id" UUID NOT NULL,
    "event" "control"."notification_event" NOT NULL,

    CONSTRAINT "notification_alert_pkey" PRIMARY KEY ("notification_id","alert_id")
);

-- CreateTable
CREATE TABLE "control"."alert_group" (
    "key" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "route_key" TEXT NOT NULL,
    "labels" JSONB NOT NULL,
    "told" JSONB NOT NULL,
    "notified_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "alert_group_pkey" PRIMARY KEY ("key","channel")
);

-- CreateTable
CREATE TABLE "control"."silence" (
    "id" UUID NOT NULL,
    "matchers" JSONB NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "author" TEXT NOT NULL,
    "comment" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "silence_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "notification_alert_alert_id_idx" ON "control"."notification_alert"("alert_id");

-- CreateIndex
CREATE INDEX "silence_ends_at_idx" ON "control"."silence"("ends_at");

-- CreateIndex
CREATE INDEX "notification_created_at_idx" ON "control"."notification"("created_at");

-- AddForeignKey
ALTER TABLE "control"."notification_alert" ADD CONSTRAINT "notification_alert_notification_id_fkey" FOREIGN KEY ("notification_id") REFERENCES "control"."notification"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "control"."notification_alert" ADD CONSTRAINT "notification_alert_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "control"."alert"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A notification told of one alert until now: receipts stay with their alerts, and what waits to be sent is still sent.
INSERT INTO "control"."notification_alert" ("notification_id", "alert_id", "event")
SELECT "id", "alert_id", "event" FROM "control"."notification" WHERE "alert_id" IS NOT NULL;

UPDATE "control"."notification" SET "content" = jsonb_build_object(
    'groupKey', 'before-groups:' || "id",
    'groupLabels', '{}'::jsonb,
    'alerts', jsonb_build_array("content" || jsonb_build_object('fingerprint', coalesce((SELECT "fingerprint" FROM "control"."alert" WHERE "alert"."id" = "alert_id"), ''), 'status', CASE WHEN "event" = 'resolved' THEN 'resolved' ELSE 'firing' END, 'generatorUrl', null)),
    'truncatedAlerts', 0,
    'reason', coalesce("content"->>'reason', ''))
WHERE NOT "content" ? 'alerts';

-- DropForeignKey
ALTER TABLE "control"."notification" DROP CONSTRAINT "notification_alert_id_fkey";

-- DropIndex
DROP INDEX "control"."notification_alert_id_idx";

-- AlterTable
ALTER TABLE "control"."notification" DROP COLUMN "alert_id";
