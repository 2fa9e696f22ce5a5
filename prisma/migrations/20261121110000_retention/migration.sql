-- CreateTable
CREATE TABLE "control"."retention" (
    "signal" TEXT NOT NULL,
    "days" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_by" TEXT NOT NULL,

    CONSTRAINT "retention_pkey" PRIMARY KEY ("signal")
);
