package io.signalbox.agents.guard.sensitive;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses of electronic mail, plain and as people spell them to fool robots. */
final class Emails implements Detector {
  private static final String LOCAL = "[\\p{L}\\p{N}][\\p{L}\\p{N}.!#$%&'*+/=?^_`{|}~-]{0,63}";
  private static final String LABEL = "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?";
  private static final Pattern PLAIN =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}.+_/-])(?:mailto:)?("
              + LOCAL
              + "@(?:"
              + LABEL
              + "\\.){1,8}(?:\\p{L}{2,24}|xn--[a-z0-9-]{2,50}))(?![\\p{L}\\p{N}_-]|@)");
  private static final Pattern SPELT =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}.])[\\p{L}\\p{N}._+-]{1,64} ?[\\[({<] ?(?:at|@) ?[\\])}>] ?"
              + "[\\p{L}\\p{N}-]{1,63}(?: ?(?:[\\[({<] ?(?:dot|\\.) ?[\\])}>]|\\.) ?[\\p{L}\\p{N}-]{2,63}){1,4}",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern NO_MAIL =
      Pattern.compile(
          "(?:git|svn|hg)@.*|.*\\.(?:png|jpe?g|gif|svg|webp|css|js|ts|tsx|jsx|html?|json|yaml|yml|java|py|md|txt|local\\w{3,})",
          Pattern.CASE_INSENSITIVE);

  @Override
  public List<Hit> find(String text) {
    List<Hit> hits = new ArrayList<>();
    if (text.indexOf('@') >= 0) {
      Matcher plain = PLAIN.matcher(text);
      while (plain.find()) {
        boolean remote =
            plain.end() < text.length() - 1
                && text.charAt(plain.end()) == ':'
                && text.charAt(plain.end() + 1) != ' '
                && NO_MAIL.matcher(plain.group(1)).matches();
        if (!remote
            && !NO_MAIL.matcher(plain.group(1)).matches()
            && !plain.group(1).contains("..")) {
          hits.add(new Hit("email", "email", plain.start(1), plain.end(1), 1));
        }
      }
    }
    Matcher spelt = SPELT.matcher(text);
    while (spelt.find()) {
      hits.add(new Hit("email", "email-spelt", spelt.start(), spelt.end(), 0.9));
    }
    return hits;
  }
}
