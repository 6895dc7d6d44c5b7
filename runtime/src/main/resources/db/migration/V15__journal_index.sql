-- Nothing asks for rows by their ordering alone, and no row carries a tag: one index less to keep with every row.
drop table event_tag;
drop index event_journal_ordering_idx;
