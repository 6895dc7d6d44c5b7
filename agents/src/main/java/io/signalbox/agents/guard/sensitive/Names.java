package io.signalbox.agents.guard.sensitive;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of people where the text says that they are: after a title, a salutation or "my name is".
 * No model serves it, so a name that stands alone is not found.
 */
final class Names implements Detector {
  private static final String WORD = "\\p{Lu}[\\p{L}'’-]{1,30}\\.?";
  private static final String NAME =
      "("
          + WORD
          + "(?: (?:(?:van|von|de|da|del|della|der|den|di|la|le|bin|al|el|ter|zu) ){0,2}"
          + WORD
          + "){0,3})";
  private static final Pattern TITLED =
      Pattern.compile(
          "(?:\\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Herr|Frau|Monsieur|Madame|Mme|M|Sr|Sra|Señor|Señora|Signor|Signora|Dear|Liebe|Lieber|Cher|Chère|Hi|Hello|Hallo|Sincerely|Regards)\\.?,?\\s{1,2})"
              + NAME);
  private static final Pattern SAID =
      Pattern.compile(
          "(?i:\\b(?:my name is|name is|name:|full name:|i am called|je m'appelle|mein name ist|me llamo|signed by|patient:|customer:|employee:|attendee:|contact:|cardholder:|beneficiary:|account holder:))\\s{1,3}"
              + NAME);

  @Override
  public List<Hit> find(String text) {
    List<Hit> hits = new ArrayList<>();
    for (Pattern pattern : List.of(TITLED, SAID)) {
      Matcher m = pattern.matcher(text);
      while (m.find()) {
        hits.add(new Hit("name", "name", m.start(1), m.end(1), 0.7));
      }
    }
    return hits;
  }
}
