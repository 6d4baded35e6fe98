-- The journal. Times are microseconds since the epoch, ids and digests their plain bytes.

CREATE TABLE journals (
    id UUID PRIMARY KEY NOT NULL,
    subject TEXT NOT NULL,          -- person, framework or organisation
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- The chain this home writes in each journal.
CREATE TABLE writers (
    journal UUID PRIMARY KEY NOT NULL REFERENCES journals (id),
    chain UUID NOT NULL UNIQUE,
    author TEXT NOT NULL,
    secret_key BYTEA                --  32 bytes; absent: entries are not signed
);

-- Every key begins with the journal, so that the table can be divided among servers by journal.
CREATE TABLE entries (
    journal UUID NOT NULL REFERENCES journals (id),
    id UUID NOT NULL,
    chain UUID NOT NULL,
    sequence BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    previous BYTEA NOT NULL,
    payload_digest BYTEA NOT NULL,
    digest BYTEA NOT NULL,
    sig_key TEXT,
    signature TEXT,
    payload TEXT,                   -- canonical JSON; NULL once erased
    PRIMARY KEY (journal, id),
    UNIQUE (journal, chain, sequence)
);

CREATE INDEX entries_in_reading_order ON entries (journal, recorded_at, id);

CREATE TABLE attachments (
    digest BYTEA PRIMARY KEY NOT NULL,
    size BIGINT NOT NULL
);

CREATE TABLE attachment_chunks (
    digest BYTEA NOT NULL REFERENCES attachments (digest),
    n BIGINT NOT NULL,              -- 0, 1, 2…
    bytes BYTEA NOT NULL,
    PRIMARY KEY (digest, n)
);

