-- What is kept beside a journal and is no entry of it: drafts that wait for a yes, keys of paired
-- phones. It can be changed and dropped, and is never exported or united.
CREATE TABLE asides (
    journal UUID NOT NULL REFERENCES journals (id),
    kind TEXT NOT NULL,             -- what sort of thing it is, in the words of who keeps it
    digest BYTEA NOT NULL,          -- of what makes it the same thing again
    id UUID NOT NULL,
    kept_at BIGINT NOT NULL,
    body TEXT NOT NULL,             -- JSON
    PRIMARY KEY (journal, kind, digest)
);
