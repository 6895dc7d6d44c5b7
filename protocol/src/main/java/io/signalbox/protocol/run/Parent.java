package io.signalbox.protocol.run;

/**
 * The run that a run belongs to, because a task of it is {@code run: workflow}.
 *
 * @param run the parent's id, in the same tenant
 * @param task the pointer of the parent's task
 * @param key under which the parent waits for the end, unique within it
 * @param awaited whether the parent wants to be told the end, and ends this run with itself
 * @param depth how many runs stand above this one, from 1
 */
public record Parent(String run, String task, String key, boolean awaited, int depth) {}
