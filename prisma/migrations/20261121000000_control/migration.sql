-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "control";

-- CreateEnum
CREATE TYPE "control"."alert_state" AS ENUM ('pending', 'firing', 'resolved');

-- CreateEnum
CREATE TYPE "control"."rule_health" AS ENUM ('ok', 'error');

-- CreateEnum
CREATE TYPE "control"."notification_event" AS ENUM ('firing', 'resolved', 'test');

-- CreateEnum
CREATE TYPE "control"."notification_status" AS ENUM ('queued', 'retrying', 'sent', 'failed');

-- CreateEnum
CREATE TYPE "control"."check_run_status" AS ENUM ('passed', 'violated', 'failed');

-- CreateEnum
CREATE TYPE "control"."check_run_trigger" AS ENUM ('schedule', 'manual', 'start');

-- CreateTable
CREATE TABLE "control"."alert" (
    "id" UUID NOT NULL,
    "rule_key" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "open_key" TEXT,
    "state" "control"."alert_state" NOT NULL,
    "severity" TEXT NOT NULL,
    "labels" JSONB NOT NULL,
    "annotations" JSONB NOT NULL,
    "value" DOUBLE PRECISION,
    "active_since" TIMESTAMPTZ(3) NOT NULL,
    "fired_at" TIMESTAMPTZ(3),
    "keep_firing_since" TIMESTAMPTZ(3),
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "control"."alert_event" (
    "id" UUID NOT NULL,
    "alert_id" UUID NOT NULL,
    "state" "control"."alert_state" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "value" DOUBLE PRECISION,

    CONSTRAINT "alert_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "control"."rule_evaluation" (
    "rule_key" TEXT NOT NULL,
    "health" "control"."rule_health" NOT NULL,
    "last_error" TEXT,
    "evaluated_at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" DOUBLE PRECISION NOT NULL,
    "current_value" DOUBLE PRECISION,

    CONSTRAINT "rule_evaluation_pkey" PRIMARY KEY ("rule_key")
);

-- CreateTable
CREATE TABLE "control"."notification" (
    "id" UUID NOT NULL,
    "alert_id" UUID,
    "channel" TEXT NOT NULL,
    "event" "control"."notification_event" NOT NULL,
    "content" JSONB NOT NULL,
    "status" "control"."notification_status" NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "control"."check_run" (
    "id" UUID NOT NULL,
    "check" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" DOUBLE PRECISION NOT NULL,
    "trigger" "control"."check_run_trigger" NOT NULL,
    "status" "control"."check_run_status" NOT NULL,
    "violations" INTEGER NOT NULL,
    "new_violations" INTEGER NOT NULL,
    "error" TEXT,

    CONSTRAINT "check_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "control"."violation" (
    "check" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "row" JSONB,
    "first_seen" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "violation_pkey" PRIMARY KEY ("check","key")
);

-- CreateTable
CREATE TABLE "control"."audit_entry" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_id" TEXT NOT NULL,
    "actor" TEXT NOT NULL,
    "verb" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "input" JSONB NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "control"."lease" (
    "name" TEXT NOT NULL,
    "epoch" BIGINT NOT NULL,
    "holder" TEXT NOT NULL,
    "acquired_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lease_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE UNIQUE INDEX "alert_open_key_key" ON "control"."alert"("open_key");

-- CreateIndex
CREATE INDEX "alert_state_resolved_at_idx" ON "control"."alert"("state", "resolved_at" DESC);

-- CreateIndex
CREATE INDEX "alert_rule_key_state_idx" ON "control"."alert"("rule_key", "state");

-- CreateIndex
CREATE INDEX "alert_event_alert_id_at_idx" ON "control"."alert_event"("alert_id", "at");

-- CreateIndex
CREATE INDEX "alert_event_at_idx" ON "control"."alert_event"("at" DESC);

-- CreateIndex
CREATE INDEX "notification_channel_status_created_at_idx" ON "control"."notification"("channel", "status", "created_at");

-- CreateIndex
CREATE INDEX "notification_alert_id_idx" ON "control"."notification"("alert_id");

-- CreateIndex
CREATE INDEX "check_run_check_started_at_idx" ON "control"."check_run"("check", "started_at" DESC);

-- CreateIndex
CREATE INDEX "check_run_started_at_idx" ON "control"."check_run"("started_at" DESC);

-- CreateIndex
CREATE INDEX "violation_check_resolved_at_first_seen_idx" ON "control"."violation"("check", "resolved_at", "first_seen");

-- CreateIndex
CREATE INDEX "audit_entry_at_idx" ON "control"."audit_entry"("at" DESC);

-- AddForeignKey
ALTER TABLE "control"."alert_event" ADD CONSTRAINT "alert_event_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "control"."alert"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "control"."notification" ADD CONSTRAINT "notification_alert_id_fkey" FOREIGN KEY ("alert_id") REFERENCES "control"."alert"("id") ON DELETE CASCADE ON UPDATE CASCADE;
