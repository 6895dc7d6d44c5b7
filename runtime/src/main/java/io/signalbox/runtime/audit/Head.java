package io.signalbox.runtime.audit;

/**
 * The last row of an entity that a checkpoint knows.
 *
 * @param ordinal its place in the tree: entities are numbered from 0 as they appear
 * @param id the persistence id
 * @param digest see {@link Link}
 */
public record Head(long ordinal, String id, long seq, String digest) {}
