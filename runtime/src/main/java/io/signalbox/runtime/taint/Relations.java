package io.signalbox.runtime.taint;

import io.signalbox.runtime.taint.Arguments.Judged;
import io.signalbox.runtime.taint.Print.Entry;
import io.signalbox.runtime.taint.Print.Said;
import io.signalbox.runtime.taint.Read.Place;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Values that nobody spelt out but that belong to something spoken of: the address of a mail's
 * sender when the mail is to be answered, the id of the appointment that was named. Only short
 * fields of records count, never running text, and no field that an order elsewhere repeats.
 */
final class Relations {
  private static final Set<String> ANSWERING =
      Words.set(
          ("reply replies respond answer antworte antworten beantworte antwort responde responder"
              + " contesta repondre reponds repond rispondi rispondere responda antwoord back"
              + " confirm thank thanks accept decline forward ack acknowledge them him her sender"
              + " author everyone ihm ihr ihnen"));
  private static final Set<String> SENDERS =
      Words.set(
          "from sender author user name email reporter requester creator posted owner organizer customer assignee username reply_from sender_email contact");
  private static final Set<String> GROUPS =
      Words.set(
          "participants attendees members guests invitees recipients to users people team cc reviewers");
  private static final Set<String> EVERYBODY =
      Words.set(
          ("attendees participants everyone everybody all team members guests invitees them group"
              + " whole others teilnehmer alle participantes todos invites tous partecipanti"));
  private static final Set<String> MINE =
      Words.set("to recipient owner user account me self login email");

  private final Read read;
  private final Asked asked;
  private final Purpose purpose;

  Relations(Read read, Asked asked, Purpose purpose) {
    this.read = read;
    this.asked = asked;
    this.purpose = purpose;
  }

  /** Whether trusted content holds it, for something or somebody that was named. */
  boolean trusted(String line) {
    for (Print print : read.trusted()) {
      boolean said = print.said().stream().anyMatch(it -> it.has(line));
      boolean asWhole = print.entries().size() <= 12;
      for (Entry entry : print.entries()) {
        if (entry.line().equals(line)
            && (asked.about(entry.around()) > 0
                || (asked.byProperty() && asked.vague())
                || (asWhole && called(print)))) {
          return true;
        }
      }
      if (said && (called(print) || asked.byProperty())) {
        return true;
      }
    }
    return read.entries(line).stream()
        .anyMatch(
            it ->
                it.print().content().trustedFields().contains(it.entry().key())
                    && !read.steered(it.print())
                    && (asked.about(it.entry().around()) > 0 || asked.byProperty()));
  }

  /** Whether it was looked up for something the task names, or for nothing in particular. */
  private boolean called(Print print) {
    List<Leaf> by = Leaf.of(print.content().call());
    return by.isEmpty()
        || by.stream()
            .allMatch(
                it -> asked.mentions(it.line()) || asked.knowsAll(Arguments.meaningful(it.text())));
  }

  /** Whether it is a field of something that was spoken of. */
  boolean spokenOf(String line, Role role) {
    List<Place> places =
        read.entries(line).stream().filter(it -> !read.steered(it.print())).toList();
    if (places.isEmpty()) {
      return false;
    }
    boolean ordered =
        read.said(line).stream()
            .filter(it -> !it.line().equals(line))
            .filter(Said::directive)
            .anyMatch(
                it ->
                    places.stream()
                            .noneMatch(
                                p ->
                                    p.entry().record() == it.record()
                                        && p.print().said().contains(it))
                        || (it.strong() && purpose.pays()));
    if (ordered) {
      return false;
    }
    return places.stream().anyMatch(it -> belongs(it, role));
  }

  private boolean belongs(Place place, Role role) {
    Entry entry = place.entry();
    String key = entry.key().toLowerCase(Locale.ROOT);
    if (key.replaceAll("[^a-z]", "").equals("replyto")) {
      return false;
    }
    if (purpose.pays() && role == Role.DESTINATION && single(place)) {
      return false;
    }
    List<String> parts = Purpose.parts(entry.key());
    boolean sender = parts.stream().anyMatch(SENDERS::contains);
    boolean about = best(place, key) || (asked.vague() && unique(place, key));
    if (role == Role.OBJECT) {
      return about || (asked.byProperty() && asked.vague());
    }
    return about
        || (sender && asked.anyOf(ANSWERING))
        || (parts.stream().anyMatch(GROUPS::contains) && asked.anyOf(EVERYBODY))
        || (parts.stream().anyMatch(MINE::contains)
            && asked.anyOf(Set.of("me", "myself", "my", "mir", "moi")))
        || (asked.byProperty() && sender);
  }

  /** Spoken of, and no other thing of the kind fits better what was said. */
  private boolean best(Place place, String key) {
    int score = asked.about(place.entry().around());
    return score > 0
        && place.print().entries().stream()
            .filter(it -> it.key().toLowerCase(Locale.ROOT).equals(key))
            .noneMatch(it -> asked.about(it.around()) > (asked.byProperty() ? score + 99 : score));
  }

  private static boolean single(Place place) {
    return place.print().entries().stream().map(Entry::record).distinct().count() <= 1;
  }

  private static boolean unique(Place place, String key) {
    return place.print().entries().stream()
            .filter(it -> it.key().toLowerCase(Locale.ROOT).equals(key))
            .map(Entry::line)
            .distinct()
            .count()
        == 1;
  }

  /** Whom a call answers, where it goes to somebody only because he wrote. */
  Optional<Place> answering(List<Judged> all) {
    for (Judged it : all) {
      String line = it.leaf().line();
      if (it.role() == Role.DESTINATION && !asked.says(line) && !trusted(line)) {
        Optional<Place> place =
            read.entries(line).stream()
                .filter(p -> asked.about(Set.copyOf(Words.tokens(p.entry().line()))) == 0)
                .findFirst();
        if (place.isPresent()) {
          return place;
        }
      }
    }
    return Optional.empty();
  }
}
