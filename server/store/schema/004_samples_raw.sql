-- A value is kept as the quotient of two integers, if that is the value to the last bit: dividend / divisor with the smallest
-- divisor of 1, 10³, 10⁶ and 10⁹ that does. Differences of integers take two thirds of the bytes that those of floats take.
-- What is no such decimal (NaN and its payload, infinity, -0, a third, 1e-300) lies in float_value and has the divisor 0;
-- so has 0 itself, because 0 is what a part that is older than these columns seems to hold of `sample`.
--   Rows are inserted with `sample`, which is not stored, and read with `value`.
CREATE TABLE IF NOT EXISTS @db.samples @on_cluster
(
    metric_name LowCardinality(String),
    series_id   UInt64 CODEC(Delta(8), ZSTD(1)),
    timestamp   DateTime64(3, 'UTC') CODEC(DoubleDelta, ZSTD(1)),
    sample      Float64 EPHEMERAL 0,
    divisor     UInt32 DEFAULT multiIf(
        sample = 0, 0,
        abs(sample) < 9e15 AND reinterpretAsUInt64(round(sample)) = reinterpretAsUInt64(sample), 1,
        abs(sample) < 9e12 AND reinterpretAsUInt64(round(sample * 1e3) / 1e3) = reinterpretAsUInt64(sample), 1000,
        abs(sample) < 9e9 AND reinterpretAsUInt64(round(sample * 1e6) / 1e6) = reinterpretAsUInt64(sample), 1000000,
        abs(sample) < 9e6 AND reinterpretAsUInt64(round(sample * 1e9) / 1e9) = reinterpretAsUInt64(sample), 1000000000,
        0) CODEC(ZSTD(1)),
    dividend    Int64 DEFAULT toInt64(if(divisor = 0, 0, round(sample * divisor))) CODEC(Delta(8), ZSTD(1)),
    float_value Float64 DEFAULT if(divisor = 0, sample, 0) CODEC(Delta(8), ZSTD(1)),
    value       Float64 ALIAS if(divisor = 0, float_value, dividend / divisor)
)
ENGINE = @merge_tree
PARTITION BY toDate(timestamp)
ORDER BY (metric_name, series_id, timestamp)
SETTINGS @dedup, @durable;
