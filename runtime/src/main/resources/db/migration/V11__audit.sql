-- The audit trail's own tables, decision 17. All but keys, checkpoints and holds is read from event_journal.

-- The heads of all entities are the leaves of the newest checkpoint's tree, in order of appearance.
alter table view_offset add column entities bigint not null default 0;
alter table entity_head
  add column ordinal       bigint,
  add column started_by    text   not null default '', -- of runs: who acts in what their rows say
  add column searched_from bigint not null default 1;  -- rows before this one are not in audit_entry
update entity_head h set ordinal = n.place - 1, searched_from = h.seq_nr + 1
  from (select persistence_id, row_number() over (order by persistence_id) as place from entity_head) n
  where n.persistence_id = h.persistence_id;
update entity_head h set started_by =
    coalesce(convert_from(j.event_payload, 'UTF8')::json #>> '{facts,0,startedBy}', '')
  from event_journal j where j.persistence_id = h.persistence_id and j.sequence_number = 1
    and h.persistence_id like 'run|%';
alter table entity_head alter column ordinal set not null, add unique (ordinal);
update view_offset set entities = (select count(*) from entity_head);

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

-- What can be searched; the details are read from the row itself.
create table audit_entry (
  persistence_id text        not null,
  seq_nr         bigint      not null,
  place          int         not null, -- of the fact in the row
  tenant         text        not null,
  at             timestamptz not null,
  about          text        not null, -- the run that a row of another entity is about; empty: none
  actor          text        not null,
  action         text        not null,
  target         text        not null,
  result         text        not null,
  rule           text        not null,
  primary key (persistence_id, seq_nr, place)
);
create index audit_entry_at on audit_entry (tenant, at);
create index audit_entry_actor on audit_entry (tenant, actor, at);
create index audit_entry_target on audit_entry (tenant, target, at);
create index audit_entry_about on audit_entry (about) where about <> '';

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
