package io.signalbox.runtime.taint;

import io.signalbox.runtime.taint.Print.Entry;
import io.signalbox.runtime.taint.Print.Said;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All that was read, taken apart, and what of it was itself fetched because content said so. */
final class Read {
  private final List<Print> untrusted = new ArrayList<>();
  private final List<Print> trusted = new ArrayList<>();
  private final Set<Print> steered = new HashSet<>();

  /** A short field and the content it is in. */
  record Place(Print print, Entry entry) {}

  private Read() {}

  static Read of(List<Content> contents, Asked asked) {
    Read read = new Read();
    for (Content content : contents) {
      Print print = Print.of(content);
      if (read.fetchedFor(content, asked)) {
        read.steered.add(print);
        read.untrusted.add(print);
      } else if (content.untrusted()) {
        read.untrusted.add(print);
      } else {
        read.trusted.add(print);
      }
    }
    return read;
  }

  /** Whether what was looked for came out of an order in something read before. */
  private boolean fetchedFor(Content content, Asked asked) {
    return Leaf.of(content.call()).stream()
        .filter(it -> it.text().length() >= 3 && !it.value().isBoolean())
        .map(Leaf::line)
        .filter(line -> !line.isBlank() && !asked.mentions(line))
        .anyMatch(line -> said(line).stream().anyMatch(Said::directive));
  }

  boolean untrusted() {
    return !untrusted.isEmpty();
  }

  boolean steered(Print print) {
    return steered.contains(print);
  }

  Set<Print> steered() {
    return steered;
  }

  List<Print> trusted() {
    return trusted;
  }

  List<Print> all() {
    return untrusted;
  }

  /** Sentences of untrusted text that hold these words. */
  List<Said> said(String line) {
    boolean tellable = letters(line) >= 4;
    return untrusted.stream()
        .flatMap(it -> it.said().stream())
        .filter(it -> it.has(line) && (!it.hidden() || tellable))
        .toList();
  }

  private static int letters(String line) {
    return (int) line.chars().filter(Character::isLetter).count();
  }

  /** Short fields of untrusted content with exactly this value. */
  List<Place> entries(String line) {
    List<Place> found = new ArrayList<>();
    for (Print print : untrusted) {
      for (Entry entry : print.entries()) {
        if (entry.line().equals(line)) {
          found.add(new Place(print, entry));
        }
      }
    }
    return found;
  }

  boolean anywhere(String line) {
    return !said(line).isEmpty() || !entries(line).isEmpty();
  }

  /** Where these words come from; all that was read where nobody can tell. */
  List<String> sources(String line) {
    List<String> found =
        untrusted.stream()
            .filter(
                it ->
                    it.said().stream().anyMatch(s -> s.has(line))
                        || it.entries().stream().anyMatch(e -> e.line().equals(line)))
            .map(it -> it.content().source())
            .distinct()
            .toList();
    return found.isEmpty() ? every() : found;
  }

  List<String> every() {
    return untrusted.stream().map(it -> it.content().source()).distinct().toList();
  }

  /** What asks for a call of this kind; all that was read where nothing does so openly. */
  List<String> asking(Purpose purpose) {
    List<String> found =
        untrusted.stream()
            .filter(
                it ->
                    it.said().stream()
                        .filter(s -> s.strong() || s.directive())
                        .anyMatch(
                            s ->
                                Clauses.of(List.of(s.text())).all().stream()
                                    .flatMap(c -> c.effects().stream())
                                    .anyMatch(purpose.effects()::contains)))
            .map(it -> it.content().source())
            .distinct()
            .toList();
    return found.isEmpty() ? every() : found;
  }
}
