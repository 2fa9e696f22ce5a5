-- CreateEnum
CREATE TYPE "control"."load_test_status" AS ENUM ('running', 'passed', 'failed', 'stopped', 'broken');

-- CreateTable
CREATE TABLE "control"."load_test" (
    "id" UUID NOT NULL,
    "status" "control"."load_test_status" NOT NULL DEFAULT 'running',
    "open_key" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "actor" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "workers" INTEGER NOT NULL,
    "seconds" INTEGER NOT NULL,
    "pace" DOUBLE PRECISION NOT NULL,
    "one_address" BOOLEAN NOT NULL,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL,
    "stop_asked_at" TIMESTAMPTZ(3),
    "ticks" JSONB NOT NULL DEFAULT '[]',
    "summary" JSONB,
    "fault" TEXT,

    CONSTRAINT "load_test_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "control"."drill" (
    "id" UUID NOT NULL,
    "scenario" TEXT NOT NULL,
    "status" "control"."load_test_status" NOT NULL DEFAULT 'running',
    "open_key" TEXT,
    "phase" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "actor" TEXT NOT NULL,
    "workers" INTEGER NOT NULL,
    "fault_seconds" INTEGER NOT NULL,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL,
    "stop_asked_at" TIMESTAMPTZ(3),
    "service" TEXT NOT NULL,
    "fault_at" TIMESTAMPTZ(3),
    "fault_removed_at" TIMESTAMPTZ(3),
    "recovered_at" TIMESTAMPTZ(3),
    "answers" JSONB NOT NULL DEFAULT '[]',
    "ticks" JSONB NOT NULL DEFAULT '[]',
    "summary" JSONB,
    "fault" TEXT,

    CONSTRAINT "drill_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "load_test_open_key_key" ON "control"."load_test"("open_key");

-- CreateIndex
CREATE INDEX "load_test_started_at_idx" ON "control"."load_test"("started_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "drill_open_key_key" ON "control"."drill"("open_key");

-- CreateIndex
CREATE INDEX "drill_started_at_idx" ON "control"."drill"("started_at" DESC);
