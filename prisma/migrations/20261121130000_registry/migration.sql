-- CreateTable
CREATE TABLE "control"."registered_instance" (
    "service" TEXT NOT NULL,
    "instance" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "admin_address" TEXT,
    "version" TEXT,
    "health_path" TEXT NOT NULL,
    "ttl_ms" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "status_since" TIMESTAMPTZ(3) NOT NULL,
    "registered_at" TIMESTAMPTZ(3) NOT NULL,
    "heartbeat_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "registered_instance_pkey" PRIMARY KEY ("service","instance")
);

-- CreateTable
CREATE TABLE "control"."registry_clock" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "index" BIGINT NOT NULL,

    CONSTRAINT "registry_clock_pkey" PRIMARY KEY ("id")
);

INSERT INTO "control"."registry_clock" ("id", "index") VALUES (1, 1);
