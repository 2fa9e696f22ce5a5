-- once: until samples.sample is there
-- Stores that were made before samples were decimals (004_samples_raw.sql): what they hold stays as it lies and is read as
-- float_value, what comes is kept as decimals.
ALTER TABLE @db.samples @on_cluster RENAME COLUMN IF EXISTS value TO float_value;

ALTER TABLE @db.samples @on_cluster
    ADD COLUMN IF NOT EXISTS sample Float64 EPHEMERAL 0,
    ADD COLUMN IF NOT EXISTS divisor UInt32 DEFAULT multiIf(
        sample = 0, 0,
        abs(sample) < 9e15 AND reinterpretAsUInt64(round(sample)) = reinterpretAsUInt64(sample), 1,
        abs(sample) < 9e12 AND reinterpretAsUInt64(round(sample * 1e3) / 1e3) = reinterpretAsUInt64(sample), 1000,
        abs(sample) < 9e9 AND reinterpretAsUInt64(round(sample * 1e6) / 1e6) = reinterpretAsUInt64(sample), 1000000,
        abs(sample) < 9e6 AND reinterpretAsUInt64(round(sample * 1e9) / 1e9) = reinterpretAsUInt64(sample), 1000000000,
        0) CODEC(ZSTD(1)),
    ADD COLUMN IF NOT EXISTS dividend Int64 DEFAULT toInt64(if(divisor = 0, 0, round(sample * divisor))) CODEC(Delta(8), ZSTD(1)),
    MODIFY COLUMN float_value Float64 DEFAULT if(divisor = 0, sample, 0) CODEC(Delta(8), ZSTD(1)),
    ADD COLUMN IF NOT EXISTS value Float64 ALIAS if(divisor = 0, float_value, dividend / divisor);
