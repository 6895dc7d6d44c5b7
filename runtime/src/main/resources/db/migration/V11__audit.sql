-- The audit trail's own tables, decision 17. All but keys, checkpoints and holds is read from event_journal.

-- How far the journal has been taken in. Whoever holds this row's lock is the one that does it.
create table audit_position (
  one      boolean primary key default true check (one),
  xid      xid8 not null,
  ordering bigint not null,
  entities bigint not null
);
insert into audit_position (xid, ordering, entities) values ('0', 0, 0);

-- The heads of all entities as of the newest checkpoint: the leaves of its tree, in order of appearance.
create table audit_head (
  ordinal        bigint primary key,
  persistence_id text not null unique,
  seq_nr         bigint not null,
  digest         text not null,
  started_by     text not null -- of runs: who acts in what their rows say
);

-- The inner nodes of the tree.
create table audit_node (
  level int not null,
  place bigint not null,
  hash  text not null,
  primary key (level, place)
);

create table audit_checkpoint (
  number    bigint primary key,
  at        timestamptz not null,
  statement text not null,
  key_id    text not null,
  signature text not null
);
create index audit_checkpoint_at on audit_checkpoint (at);

-- Public keys; each but the first is endorsed by the one before it.
create table audit_key (
  id          text primary key,
  public_key  text not null,
  created_at  timestamptz not null default now(),
  endorsed_by text,
  endorsement text
);

-- What can be searched.
create table audit_entry (
  tenant         text not null,
  at             timestamptz not null,
  id             text not null, -- persistence id, row and place in the row
  persistence_id text not null,
  seq_nr         bigint not null,
  run            text not null, -- empty: about no run
  actor          text not null,
  action         text not null,
  target         text not null,
  result         text not null,
  rule           text not null,
  body           json not null,
  primary key (tenant, at, id)
);
create index audit_entry_run on audit_entry (tenant, run, at) where run <> '';
create index audit_entry_actor on audit_entry (tenant, actor, at);
create index audit_entry_target on audit_entry (tenant, target, at);
create index audit_entry_source on audit_entry (persistence_id);

-- What must not be deleted, whatever its retention.
create table legal_hold (
  tenant    text not null,
  name      text not null,
  namespace text not null, -- empty: any
  run       text not null, -- empty: any
  reason    text not null,
  placed_by text not null,
  placed_at timestamptz not null default now(),
  primary key (tenant, name)
);
