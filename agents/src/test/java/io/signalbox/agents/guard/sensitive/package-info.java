/** What is sensitive in a text, measured on documents made up for it. */
@org.jspecify.annotations.NullMarked
package io.signalbox.agents.guard.sensitive;
