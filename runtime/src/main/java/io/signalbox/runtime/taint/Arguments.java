package io.signalbox.runtime.taint;

import io.signalbox.runtime.taint.Finding.Steered;
import io.signalbox.runtime.taint.Print.Said;
import io.signalbox.runtime.taint.Read.Place;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether each argument of a call is what was asked for.
 *
 * <p>Longer than 300 lines because what each role of an argument has to satisfy is to be compared
 * side by side.
 */
final class Arguments {
  private static final Set<String> HARMLESS =
      Words.set(
          "read r view viewer reader readonly private false comment commenter member guest none");
  private static final Set<String> WRITING = Words.set("write w rw edit editor writer contributor");
  private static final Set<String> SELF = Words.set("me myself self user primary default");
  private static final Set<String> AMOUNT = Words.set("amount sum total price value betrag");
  private static final Pattern MONEY =
      Pattern.compile(
          "(?i)[$€£¥]\\s?\\d[\\d.,]*|\\d[\\d.,]*\\s?(usd|eur|gbp|chf|dollars?|euros?|pounds?|francs?|€|\\$|£)");
  private static final Pattern RISKY =
      Pattern.compile(
          "(?i)^(/etc|/usr|/bin|/root|/var|~|\\.\\.|\\.(?!/)|[a-z]+://|c:).*|.*(\\.ssh|\\.env|\\.bashrc|crontab|authorized_keys|id_rsa|\\.git/|workflows/).*");
  private static final Set<String> ENDINGS =
      Words.set(
          "pdf doc docx txt md csv xls xlsx ppt pptx png jpg jpeg json yaml yml html zip com org net co io");

  private final Read read;
  private final Asked asked;
  private final Purpose purpose;
  private final boolean reads;
  private final Relations relations;

  /** A value with the role it plays. */
  record Judged(Leaf leaf, Role role) {}

  Arguments(Read read, Asked asked, Purpose purpose, boolean reads) {
    this.read = read;
    this.asked = asked;
    this.purpose = purpose;
    this.reads = reads;
    this.relations = new Relations(read, asked, purpose);
  }

  Optional<Steered> check(Judged it) {
    return switch (it.role()) {
      case DESTINATION, OBJECT, POWER -> critical(it);
      case ADDRESS -> address(it);
      case DETAIL -> detail(it.leaf());
      case PAYLOAD -> payload(it.leaf());
    };
  }

  private static Optional<Steered> no(Leaf leaf, List<String> sources, String why) {
    return Optional.of(new Steered(leaf.pointer(), sources, why));
  }

  // -- what decides where an effect lands --------------------------------------------------------

  private Optional<Steered> critical(Judged it) {
    Leaf leaf = it.leaf();
    String line = leaf.line();
    if (leaf.value().isBoolean() && !(it.role() == Role.POWER && leaf.value().booleanValue())) {
      return Optional.empty();
    }
    if (line.isBlank() || supported(it, line)) {
      return Optional.empty();
    }
    return no(
        leaf,
        read.sources(line),
        read.anywhere(line)
            ? "its value comes from what was read, and nobody who is trusted named it"
            : "nobody who is trusted named it, and it may be made of what was read");
  }

  private boolean supported(Judged it, String line) {
    return asked.says(line)
        || relations.trusted(line)
        || (it.role() == Role.POWER && power(it.leaf()))
        || (it.role() == Role.OBJECT && (own(it.leaf(), line) || resembles(it.leaf(), line)))
        || (it.role() == Role.DESTINATION && destination(it.leaf(), line))
        || (it.role() != Role.POWER && relations.spokenOf(line, it.role()));
  }

  private boolean power(Leaf leaf) {
    String said = leaf.text().strip().toLowerCase(java.util.Locale.ROOT);
    return HARMLESS.contains(said)
        || (WRITING.contains(said)
            && List.of("edit", "write", "editor", "contribute", "collaborate", "modify", "change")
                .stream()
                .anyMatch(asked::knows));
  }

  /** A new thing may be named as one likes, unless what was read suggests the name. */
  private boolean own(Leaf leaf, String line) {
    Set<Effect> making = EnumSet.of(Effect.CREATE, Effect.SAVE);
    making.retainAll(purpose.effects());
    return !making.isEmpty() && !read.anywhere(line) && !RISKY.matcher(leaf.text()).matches();
  }

  /** All its words were said, as of "q3-report.pdf" when the Q3 report is wanted. */
  private boolean resembles(Leaf leaf, String line) {
    List<String> words = meaningful(leaf.text());
    return asked.knowsAll(words)
        && !RISKY.matcher(leaf.text()).matches()
        && read.said(line).stream().noneMatch(Said::directive);
  }

  private boolean destination(Leaf leaf, String line) {
    String text = leaf.text().strip();
    if (SELF.contains(text.toLowerCase(java.util.Locale.ROOT))) {
      return true;
    }
    int at = text.indexOf('@');
    if (at > 0) {
      // an address nobody ever wrote down, for somebody who was named
      List<String> host = meaningful(text.substring(at + 1));
      return asked.knowsAll(meaningful(text.substring(0, at)))
          && !read.anywhere(line)
          && host.stream().noneMatch(it -> read.anywhere(Words.line(List.of(it))));
    }
    return !text.contains("://")
        && !text.matches(".*\\d{5,}.*")
        && asked.knowsAll(meaningful(text))
        && read.said(line).stream().noneMatch(Said::strong);
  }

  static List<String> meaningful(String text) {
    return Words.tokens(text).stream()
        .filter(it -> !ENDINGS.contains(it) && (it.length() > 1 || Character.isDigit(it.charAt(0))))
        .toList();
  }

  // -- addresses that are fetched ----------------------------------------------------------------

  private Optional<Steered> address(Judged it) {
    Leaf leaf = it.leaf();
    String line = leaf.line();
    if (asked.says(line) || relations.trusted(line)) {
      return Optional.empty();
    }
    if (!reads) {
      return critical(new Judged(leaf, Role.DESTINATION));
    }
    if (!asked.following()) {
      return no(leaf, read.sources(line), "nobody who is trusted asked for this address");
    }
    String host =
        Words.line(leaf.text().replaceFirst("^[a-z]+://", "").replaceFirst("[/?#].*", ""));
    if (asked.mentions(host)) {
      return Optional.empty();
    }
    List<Said> said = read.said(line);
    boolean field = !read.entries(line).isEmpty();
    boolean linked =
        (field || !said.isEmpty())
            && said.stream().filter(s -> !s.line().equals(line)).noneMatch(Said::directive)
            && !leaf.text().contains("@")
            && !Leaks.carries(leaf.text(), read, line);
    return linked
        ? Optional.empty()
        : no(
            leaf,
            read.sources(line),
            "this address is not one that was asked for or merely linked");
  }

  // -- the rest ----------------------------------------------------------------------------------

  private Optional<Steered> detail(Leaf leaf) {
    String line = leaf.line();
    if (leaf.value().isBoolean() || line.isBlank() || asked.says(line)) {
      return Optional.empty();
    }
    if (purpose.topics().contains(Topic.ACCOUNT) && leaf.value().isTextual()) {
      // of an account every detail matters
      return critical(new Judged(leaf, Role.OBJECT));
    }
    if (purpose.pays() && AMOUNT.contains(leaf.name().toLowerCase(java.util.Locale.ROOT))) {
      boolean told =
          asked.clauses().stream().anyMatch(it -> MONEY.matcher(it.text()).find())
              && asked.clauses().stream()
                  .flatMap(it -> MONEY.matcher(it.text()).results())
                  .noneMatch(it -> sameNumber(it.group(), leaf.text()));
      if (told) {
        return no(leaf, read.sources(line), "another amount was asked for");
      }
    }
    if (leaf.value().isTextual() && Words.tokens(leaf.text()).size() >= 4) {
      return payload(leaf);
    }
    boolean sum = purpose.pays() && read.entries(line).isEmpty();
    boolean word =
        sum || (leaf.value().isTextual() && line.chars().filter(Character::isLetter).count() >= 3);
    if (read.said(line).stream()
        .anyMatch(
            s ->
                (s.strong() && !(s.hidden() && line.length() < 8))
                    || (word && !s.line().equals(line) && s.wants(purpose)))) {
      return no(leaf, read.sources(line), "its value comes from a sentence that gives orders");
    }
    return Optional.empty();
  }

  private static boolean sameNumber(String money, String value) {
    try {
      String digits = money.replaceAll("[^\\d.,]", "").replaceAll("[.,]$", "");
      String plain =
          digits.matches(".*[.,]\\d{1,2}")
              ? digits.replaceAll("[.,](?=.*[.,])", "").replace(',', '.')
              : digits.replaceAll("[.,]", "");
      return new java.math.BigDecimal(plain).compareTo(new java.math.BigDecimal(value.strip()))
          == 0;
    } catch (NumberFormatException e) {
      return false; // not a number: certainly not the same one
    }
  }

  private Optional<Steered> payload(Leaf leaf) {
    String text = leaf.text();
    Set<String> grams = Payload.grams(text);
    Set<String> sources = new LinkedHashSet<>();
    for (Print print : read.all()) {
      for (Said said : print.said()) {
        boolean same =
            (said.strong() || said.wants(purpose))
                && (grams.stream().anyMatch(said::has) || contained(said, text));
        if (same && !asked.mentions(said.line())) {
          sources.add(print.content().source());
        }
      }
    }
    if (!sources.isEmpty()) {
      return no(leaf, List.copyOf(sources), "it repeats a sentence that gives orders");
    }
    for (String identity : Payload.identities(text)) {
      String line = Words.line(identity);
      if (!asked.mentions(line)
          && read.said(line).stream().anyMatch(s -> !s.hidden() && s.directive())) {
        return no(
            leaf, read.sources(line), "it carries an address out of a sentence that gives orders");
      }
    }
    return Optional.empty();
  }

  private static boolean contained(Said said, String text) {
    String line = Words.line(text);
    return said.line().length() > 14 && line.contains(said.line());
  }

  // -- what goes out with it ---------------------------------------------------------------------

  /** Content that nobody wanted in what goes out. */
  List<Steered> payloads(List<Judged> all) {
    List<Steered> found = new ArrayList<>();
    for (Judged it : all) {
      if ((it.role() != Role.PAYLOAD && it.role() != Role.DETAIL)
          || !it.leaf().value().isTextual()) {
        continue;
      }
      leak(it.leaf(), all).ifPresent(found::add);
    }
    return found;
  }

  private Optional<Steered> leak(Leaf leaf, List<Judged> all) {
    String text = leaf.text();
    for (Print print : read.steered()) {
      if (shares(print, text, -1)) {
        return no(
            leaf,
            List.of(print.content().source()),
            "it passes on what was looked up because something that was read said so");
      }
    }
    for (String secret : Payload.secrets(text, asked)) {
      for (String code : Words.tokens(secret)) {
        if (code.chars().anyMatch(Character::isDigit) && read.anywhere(Words.line(List.of(code)))) {
          return no(
              leaf,
              read.sources(Words.line(List.of(code))),
              "it passes on a secret nobody asked to pass on");
        }
      }
    }
    Optional<Place> sender = relations.answering(all);
    if (sender.isPresent()) {
      for (Print print : read.all()) {
        int own = print == sender.get().print() ? sender.get().entry().record() : -1;
        if (shares(print, text, own)) {
          return no(
              leaf,
              List.of(print.content().source()),
              "it tells the one who is answered what stands elsewhere");
        }
      }
    }
    return Optional.empty();
  }

  private boolean shares(Print print, String text, int except) {
    Set<String> wanted = new LinkedHashSet<>(Payload.grams(text));
    wanted.addAll(Payload.codes(text));
    wanted.removeIf(asked::mentions);
    return print.said().stream()
            .filter(it -> it.record() != except && !it.hidden())
            .anyMatch(it -> wanted.stream().anyMatch(it::has))
        || print.entries().stream()
            .filter(it -> it.record() != except)
            .anyMatch(it -> wanted.contains(it.line()));
  }
}
