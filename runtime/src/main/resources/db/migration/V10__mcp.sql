-- Servers of the Model Context Protocol: how each is reached, whether it answers, what it offers, and what of that counts.
create table mcp_server (
  tenant     text        not null,
  name       text        not null,
  digest     text        not null, -- of the definition
  body       json        not null,
  health     text        not null default 'unknown' check (health in ('unknown', 'up', 'down')),
  trouble    text,
  since      timestamptz,
  seen_at    timestamptz,
  offered    json,                 -- what the server said last
  accepted   json,                 -- the pinned items by their keys; absent until the first offer
  primary key (tenant, name)
);
