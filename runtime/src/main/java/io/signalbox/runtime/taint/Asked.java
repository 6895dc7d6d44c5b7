package io.signalbox.runtime.taint;

import io.signalbox.protocol.tool.ToolDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What those who are trusted said about a call: whether they want it, and with what. */
final class Asked {
  private static final Set<String> STOP =
      Words.set(
          ("the a an of for to in on at by with from my me your his her our their its it is are be"
              + " was and or if then so that this these those i you we they he she them him us"
              + " please can could would will shall should may just also any all some every each"
              + " there here about into as not no do does did has have had what which who whom"
              + " when where how why last next new latest first one two his hers up out off over"
              + " under than too very more most other same such via per re der die das ein eine"
              + " den dem des und oder mit von zu im am auf fur bitte el la los las un una de del"
              + " y o con por para le les et ou avec pour du au il lo gli e di da per mein meine"
              + " mir mi mis mon ma mes today tomorrow need want like get let make sure am pm s"));
  private static final Set<String> GENERIC =
      Set.copyOf(
          Words.set(
                  "mail email message inbox file document folder event meeting appointment calendar"
                      + " ticket issue task order channel chat note list page reminder item entry"
                      + " record account user booking reservation transaction payment thread repo"
                      + " repository request pull post article link notification photo slack card"
                      + " contact invitation text add send name number id time date day week month"
                      + " year subject title nachricht datei termin ordner kalender summary people"
                      + " person person answer question reply comment")
              .stream()
              .map(Words::stem)
              .toList());
  private static final Set<String> ANY =
      Words.set(
          ("all every each latest last first oldest newest largest biggest smallest recent unread"
              + " next any old expired duplicate duplicates overdue cheapest best highest lowest"
              + " most least earliest fastest longest shortest everything everyone anything both"
              + " these those open pending remaining upcoming alle jede letzte neueste alteste"
              + " todos todas ultimo ultima cada tous toutes dernier derniere chaque tutti ultimo"
              + " closest nearest rated completed finished done outdated unused empty stale failed"
              + " current existing only second third them"));

  private static final Set<String> LINKED =
      Words.set(
          ("link links linked url urls page pages site sites website websites article articles blog"
              + " post posts web browse visit open fetch read summarize summarise document docs"
              + " documentation story stories news paper papers search research find compare look"
              + " review check changelog release seite seiten artikel webseite enlace enlaces"
              + " pagina articulo lien liens article lies lee lis"));

  private final List<Clauses.Clause> asking;
  private final String line;
  private final String whole;
  private final Set<String> stems = new HashSet<>();
  private final Set<String> salient = new HashSet<>();
  private final boolean any;

  private Asked(List<Clauses.Clause> asking, String line, String whole, List<String> tokens) {
    this.asking = List.copyOf(asking);
    this.line = line;
    this.whole = whole;
    for (String token : tokens) {
      stems.add(Words.stem(token));
      if (!STOP.contains(token)
          && (token.length() > 1 || Character.isDigit(token.charAt(0)))
          && !ANY.contains(token)
          && !GENERIC.contains(Words.stem(token))
          && (Lexicon.effects(token).isEmpty() || Lexicon.noun(token))) {
        salient.add(Words.stem(token));
      }
    }
    this.any = tokens.stream().anyMatch(ANY::contains);
  }

  static Asked of(List<String> own, List<String> standing, Purpose purpose, ToolDefinition tool) {
    Clauses task = Clauses.of(own);
    List<String> orders =
        standing.stream()
            .flatMap(it -> Words.sentences(it).stream())
            .filter(it -> !DESCRIBES.matcher(it).find())
            .toList();
    Clauses always = Clauses.of(orders);
    List<Clauses.Clause> asking = new ArrayList<>(purpose.asking(task));
    asking.addAll(purpose.asking(always));
    boolean points = asking.stream().anyMatch(Clauses.Clause::points);
    List<Clauses.Clause> admitted =
        Stream.concat(task.all().stream(), always.all().stream())
            .filter(it -> points || it.effects().isEmpty() || asking.contains(it))
            .toList();
    List<String> tokens = admitted.stream().flatMap(it -> it.tokens().stream()).toList();
    StringBuilder line = new StringBuilder();
    admitted.forEach(it -> line.append(Words.line(it.tokens())).append('|'));
    // a sentence that was cut at "and" may still name a thing across the cut
    task.all().stream()
        .filter(it -> admitted.stream().anyMatch(a -> a.text().equals(it.text())))
        .map(Clauses.Clause::text)
        .distinct()
        .filter(
            text ->
                task.all().stream()
                    .filter(it -> it.text().equals(text))
                    .allMatch(admitted::contains))
        .forEach(text -> line.append(Words.line(text)).append('|'));
    String whole =
        String.join("|", Stream.concat(own.stream(), orders.stream()).map(Words::line).toList());
    return new Asked(asking, line.toString(), whole, tokens);
  }

  private static final java.util.regex.Pattern DESCRIBES =
      java.util.regex.Pattern.compile(
          "(?i)\\b(you are|you can|able to|can help|helps?|assistant|capable|may use|have access)\\b");

  /** Whether anybody trusted wants a call of this kind. */
  boolean wanted() {
    return !asking.isEmpty();
  }

  List<Clauses.Clause> clauses() {
    return asking;
  }

  /** Whether the value stands in what was asked, word for word. */
  boolean says(String valueLine) {
    return !valueLine.isBlank() && line.contains(valueLine);
  }

  /** Whether it stands anywhere in the task, also where something else is asked. */
  boolean mentions(String valueLine) {
    return !valueLine.isBlank() && whole.contains(valueLine);
  }

  boolean knows(String token) {
    return stems.contains(Words.stem(token));
  }

  /** Whether all these words are in what was asked. */
  boolean knowsAll(List<String> tokens) {
    return !tokens.isEmpty() && tokens.stream().allMatch(this::knows);
  }

  /** How much a record with these words is one that was spoken of; 0 if not at all. */
  int about(Set<String> tokens) {
    int score = 0;
    for (String wanted : salient) {
      if (tokens.stream().anyMatch(it -> alike(Words.stem(it), wanted))) {
        score++;
      }
    }
    return score;
  }

  private static boolean alike(String one, String other) {
    return one.equals(other)
        || (Math.min(one.length(), other.length()) >= 4
            && (one.startsWith(other) || other.startsWith(one)));
  }

  /** Whether no particular thing was named. */
  boolean vague() {
    return salient.isEmpty();
  }

  /** Whether things were spoken of by a property that only looking shows: all, the latest, ... */
  boolean byProperty() {
    return any;
  }

  /** Whether going to pages, links or files that come up on the way is part of what was asked. */
  boolean following() {
    return LINKED.stream().anyMatch(it -> whole.contains(" " + it + " "));
  }

  boolean anyOf(Set<String> words) {
    return asking.stream().flatMap(it -> it.tokens().stream()).anyMatch(words::contains);
  }
}
