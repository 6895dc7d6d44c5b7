package io.signalbox.runtime.taint;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What is asked for in a text, clause by clause. */
record Clauses(List<Clause> all) {
  private static final Set<String> JOINS =
      Words.set("and then und dann y luego et puis e poi ou or also but danach sowie i oraz и");
  private static final Set<String> BEFORE_ORDERS =
      Words.set(
          ("please to and then also should must can could you just kindly now or but i we will"
              + " would let them him her it bitte und dann y luego et puis e poi pls afterwards"
              + " next finally want shall go auto automatically always immediately"));
  private static final Set<String> NOT =
      Words.set(
          "not dont don never without no kein keine nicht ohne sin nunca ne pas non senza niet");
  private static final Set<String> TO_ME = Words.set("me us mir uns nos nous mi ci moi");
  private static final Set<String> TELLING =
      Words.set(
          ("tell give let inform show say write update brief get ask report answer read explain list"
              + " warn remind sag gib zeig dime dis donne dimmi help find bring make"));
  private static final Set<String> POINTING =
      Words.set(
          ("him her them they it this that those these he she there everyone everybody all each both"
              + " same whoever sender author attendees participants ihm ihr ihnen ihn es dies das"
              + " ello eso le les lui leur cela lo la gli loro everyone"));

  private static final Pattern PARTS =
      Pattern.compile("[:,(\"\u201c\u201d>*]+\\s*(?=\\D)|\\s[-\u2013\u2014]+\\s");

  Clauses {
    all = List.copyOf(all);
  }

  /**
   * One clause.
   *
   * @param effects that it asks for
   * @param points whether it speaks of something said elsewhere
   */
  record Clause(
      String text, List<String> tokens, Set<Effect> effects, Set<Topic> topics, boolean points) {
    Clause {
      tokens = List.copyOf(tokens);
    }
  }

  static Clauses of(List<String> texts) {
    List<Clause> all = new ArrayList<>();
    for (String text : texts) {
      for (String sentence : Words.sentences(text)) {
        for (String part : PARTS.split(sentence, -1)) {
          split(sentence, part, all);
        }
      }
    }
    return new Clauses(all);
  }

  private static void split(String sentence, String part, List<Clause> into) {
    List<String> tokens = Words.tokens(part);
    int from = 0;
    for (int i = 1; i < tokens.size() - 1; i++) {
      if (JOINS.contains(tokens.get(i))
          && (orders(tokens, i + 1) || JOINS.contains(tokens.get(i + 1)))
          && i > from) {
        into.add(clause(sentence, tokens.subList(from, i)));
        from = i;
      }
    }
    if (from < tokens.size()) {
      into.add(clause(sentence, tokens.subList(from, tokens.size())));
    }
  }

  private static boolean orders(List<String> tokens, int at) {
    return !Lexicon.effects(tokens.get(at)).isEmpty();
  }

  private static Clause clause(String sentence, List<String> tokens) {
    Set<Effect> effects = EnumSet.noneOf(Effect.class);
    Set<Topic> topics = EnumSet.noneOf(Topic.class);
    boolean points = false;
    for (int i = 0; i < tokens.size(); i++) {
      String token = tokens.get(i);
      topics.addAll(Lexicon.topics(token));
      points |= POINTING.contains(token);
      if (order(tokens, i)) {
        effects.addAll(Lexicon.effects(token));
      }
    }
    return new Clause(sentence, tokens, effects, topics, points);
  }

  private static boolean order(List<String> tokens, int at) {
    String token = tokens.get(at);
    if (Lexicon.effects(token).isEmpty()) {
      return false;
    }
    for (int i = Math.max(0, at - 3); i < at; i++) {
      if (NOT.contains(tokens.get(i))) {
        return false;
      }
    }
    boolean toMe = at + 1 < tokens.size() && TO_ME.contains(tokens.get(at + 1));
    if (toMe && TELLING.contains(token) && !token.equals("remind")) {
      return false;
    }
    return !Lexicon.noun(token)
        || at == 0
        || BEFORE_ORDERS.contains(tokens.get(at - 1))
        || JOINS.contains(tokens.get(at - 1));
  }

  Set<Topic> topics() {
    Set<Topic> topics = EnumSet.noneOf(Topic.class);
    all.forEach(it -> topics.addAll(it.topics()));
    return topics;
  }
}
