-- The journal. Times are microseconds since the epoch, ids and digests their plain bytes.

CREATE TABLE journals (
    id BLOB PRIMARY KEY NOT NULL,
    subject TEXT NOT NULL,          -- person, framework or organisation
    name TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- The chain this home writes in each journal.
CREATE TABLE writers (
    journal BLOB PRIMARY KEY NOT NULL REFERENCES journals (id),
    chain BLOB NOT NULL UNIQUE,
    author TEXT NOT NULL,
    secret_key BLOB                 -- 32 bytes; absent: entries are not signed
);

-- Every key begins with the journal, so that the table can be divided among servers by journal.
CREATE TABLE entries (
    journal BLOB NOT NULL REFERENCES journals (id),
    id BLOB NOT NULL,
    chain BLOB NOT NULL,
    sequence BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    previous BLOB NOT NULL,
    payload_digest BLOB NOT NULL,
    digest BLOB NOT NULL,
    sig_key TEXT,
    signature TEXT,
    payload TEXT,                   -- canonical JSON; NULL once erased
    PRIMARY KEY (journal, id),
    UNIQUE (journal, chain, sequence)
);

CREATE INDEX entries_in_reading_order ON entries (journal, recorded_at, id);

CREATE TABLE attachments (
    digest BLOB PRIMARY KEY NOT NULL,
    size BIGINT NOT NULL
);

CREATE TABLE attachment_chunks (
    digest BLOB NOT NULL REFERENCES attachments (digest),
    n BIGINT NOT NULL,              -- 0, 1, 2…
    bytes BLOB NOT NULL,
    PRIMARY KEY (digest, n)
);

PRAGMA application_id = 1296397417; -- 'MEti'
PRAGMA user_version = 1;
