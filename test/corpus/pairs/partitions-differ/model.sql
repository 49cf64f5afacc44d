-- A column and an index more on a partitioned table are one entry each, whatever the number of its partitions;
-- what differs on one partition alone is told of that one.
CREATE TABLE logs (id bigint NOT NULL, at date NOT NULL, level text, message text) PARTITION BY RANGE (at);
CREATE TABLE logs_1 PARTITION OF logs FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TABLE logs_2 PARTITION OF logs FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
CREATE TABLE logs_3 PARTITION OF logs FOR VALUES FROM ('2026-03-01') TO ('2026-04-01');
CREATE INDEX logs_level_idx ON logs (level);
ALTER TABLE logs_2 ALTER message SET NOT NULL;
CREATE INDEX logs_3_message_idx ON logs_3 (message);
