-- The journal and the snapshots, as Pekko Persistence JDBC writes them.

create table event_journal (
  ordering           bigserial,
  persistence_id     varchar(255) not null,
  sequence_number    bigint       not null,
  deleted            boolean      not null default false,
  writer             varchar(255) not null,
  write_timestamp    bigint,
  adapter_manifest   varchar(255),
  event_ser_id       integer      not null,
  event_ser_manifest varchar(255) not null,
  event_payload      bytea        not null,
  meta_ser_id        integer,
  meta_ser_manifest  varchar(255),
  meta_payload       bytea,
  -- Ours: which transaction wrote the row. Views read rows below the oldest transaction still open,
  -- in (xid, ordering) order, and so never step over a row that commits late.
  xid                xid8         not null default pg_current_xact_id(),
  primary key (persistence_id, sequence_number)
);

create unique index event_journal_ordering_idx on event_journal (ordering);
create index event_journal_xid_idx on event_journal (xid, ordering);

create table event_tag (
  event_id bigint references event_journal (ordering) on delete cascade,
  tag      varchar(256),
  primary key (event_id, tag)
);

create table snapshot (
  persistence_id        varchar(255) not null,
  sequence_number       bigint       not null,
  created               bigint       not null,
  snapshot_ser_id       integer      not null,
  snapshot_ser_manifest varchar(255) not null,
  snapshot_payload      bytea        not null,
  meta_ser_id           integer,
  meta_ser_manifest     varchar(255),
  meta_payload          bytea,
  primary key (persistence_id, sequence_number)
);
