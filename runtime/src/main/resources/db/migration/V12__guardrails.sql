-- Guardrails lie in the table of resources too. What kinds there are is known by the catalog alone.
alter table resource drop constraint if exists resource_kind_check;

-- What a run's pseudonyms stand for: apart from the journal, so that it can be erased.
create table pseudonym (
  tenant     text        not null,
  run        text        not null,
  pseudonym  text        not null,
  kind       text        not null,
  digest     bytea       not null,
  value      text        not null,
  created_at timestamptz not null default now(),
  primary key (tenant, run, pseudonym)
);

create unique index pseudonym_value on pseudonym (tenant, run, kind, digest);
