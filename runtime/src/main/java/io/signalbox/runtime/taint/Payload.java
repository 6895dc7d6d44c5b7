package io.signalbox.runtime.taint;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be told of running text that is about to go out. */
final class Payload {
  private static final int GRAM = 5;
  private static final int SHORTEST = 3;
  private static final Pattern IDENTITY =
      Pattern.compile(
          "(?i)(https?://|www\\.)[^\\s)>\\]\"']+|\\b[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){3,7}\\b"
              + "|\\b0x[0-9a-f]{12,}|\\bbc1\\w{20,}|\\b[\\w-]+\\.(?:com|net|org|io|ru|xyz|info|biz|example|test|evil|top|site)/\\S*");
  private static final Pattern MAIL = Pattern.compile("[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+");
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)\\b(pass(word|code|phrase)?|passwort|contrase(n|ñ)a|mot de passe|pin|otp|2fa|mfa|cvv|cvc|ssn|secret|api[ _-]?key"
              + "|token|credential|(verification|security|access|login|auth\\w*|one[- ]time|reset|recovery|confirmation) (code|link|pin|key|token))s?"
              + "\\b[^.\\n]{0,30}?\\b(\\S*\\d\\S*|https?://\\S+)"
              + "|\\b(sk|pk|ghp|gho|xox[abp]|AKIA|AIza|glpat)[-_]?[A-Za-z0-9_-]{8,}|-----BEGIN [A-Z ]*PRIVATE KEY"
              + "|\\b(?:\\d[ -]?){15,16}\\b|\\b\\d{3}-\\d{2}-\\d{4}\\b");
  private static final Set<String> OPEN =
      Words.set(
          ("password passwords passcode pin otp 2fa code codes token tokens secret secrets key keys"
              + " credential credentials card ssn number link login passwort kennwort"));

  private Payload() {}

  /** Addresses of money and of the web. */
  static List<String> identities(String text) {
    List<String> found = new ArrayList<>();
    Matcher it = IDENTITY.matcher(text);
    while (it.find()) {
      found.add(it.group());
    }
    return found;
  }

  static List<String> mails(String text) {
    return MAIL.matcher(text).results().map(it -> it.group()).toList();
  }

  /** What should not be known to others, unless that is what was asked for. */
  static List<String> secrets(String text, Asked asked) {
    if (OPEN.stream().anyMatch(it -> asked.mentions(" " + it + " "))) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    Matcher it = SECRET.matcher(text);
    while (it.find()) {
      found.add(it.group());
    }
    return found;
  }

  /** Runs of words long enough not to be there by chance. */
  static Set<String> grams(String text) {
    return grams(text, GRAM);
  }

  static Set<String> grams(String text, int n) {
    List<String> tokens = Words.tokens(text);
    Set<String> grams = new LinkedHashSet<>();
    if (tokens.size() >= SHORTEST && tokens.size() < n) {
      grams.add(Words.line(tokens));
    }
    for (int i = 0; i + n <= tokens.size(); i++) {
      grams.add(Words.line(tokens.subList(i, i + n)));
    }
    return grams;
  }

  /** Numbers and codes, which are what matters in a text however it is put. */
  static Set<String> codes(String text) {
    Set<String> codes = new LinkedHashSet<>();
    for (String token : Words.tokens(text)) {
      long digits = token.chars().filter(Character::isDigit).count();
      if (digits >= 4 && token.length() >= 4 && !token.matches("(19|20)\\d\\d")) {
        codes.add(Words.line(List.of(token)));
      }
    }
    return codes;
  }
}
