-- CreateEnum
CREATE TYPE "control"."slo_kind" AS ENUM ('availability', 'latency');

-- CreateTable
CREATE TABLE "control"."slo" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "service" TEXT NOT NULL,
    "kind" "control"."slo_kind" NOT NULL,
    "threshold_ms" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "target" DOUBLE PRECISION NOT NULL,
    "window_days" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "slo_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "slo_service_kind_threshold_ms_window_days_key" ON "control"."slo"("service", "kind", "threshold_ms", "window_days");

-- What the shipped services promise on a first start. A migration runs once: an objective that was deleted stays deleted.
INSERT INTO "control"."slo" ("service", "kind", "target", "window_days")
SELECT "service", 'availability', 0.995, 30
FROM unnest(ARRAY['gateway', 'auth', 'catalog', 'inventory', 'orders', 'payments', 'shipping']) AS "service";
