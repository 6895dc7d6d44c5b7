package io.signalbox.agents.guard.injection;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A text as a reader would take it: invisible characters gone, look-alikes of Latin letters as
 * those letters, hidden tag characters as what they spell, compatibility forms as plain ones.
 */
final class Normal {
  private static final Normalizer2 NFKC = Normalizer2.getNFKCInstance();
  private static final SpoofChecker CONFUSABLE =
      new SpoofChecker.Builder().setChecks(SpoofChecker.CONFUSABLE).build();
  private static final Map<Integer, String> KNOWN = new ConcurrentHashMap<>();
  private static final int TAGS = 0xE0000;

  /**
   * @param text made plain
   * @param hidden how many characters were there that nobody sees
   * @param tagged what was spelt in tag characters or variation selectors
   * @param disguised how many look-alikes stood in words that are Latin otherwise
   */
  record Plain(String text, int hidden, String tagged, int disguised) {}

  private Normal() {}

  static Plain of(String raw) {
    if (plainAscii(raw)) {
      return new Plain(raw, 0, "", 0);
    }
    StringBuilder seen = new StringBuilder(raw.length());
    StringBuilder tagged = new StringBuilder();
    int hidden = 0;
    String text = NFKC.normalize(raw);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c >= TAGS + 0x20 && c <= TAGS + 0x7E) {
        tagged.appendCodePoint(c - TAGS);
        hidden++;
      } else if (c >= 0xE0100 && c <= 0xE01EF) {
        tagged.appendCodePoint(c - 0xE0100 + 16); // bytes from 16 on, smuggled in selectors
        hidden++;
      } else if (invisible(c)) {
        hidden += emojiPart(c) ? 0 : 1;
      } else {
        seen.appendCodePoint(c);
      }
    }
    StringBuilder plain = new StringBuilder(seen.length());
    int disguised = unmask(seen, plain);
    return new Plain(
        plain.toString(), hidden, printable(tagged) ? tagged.toString() : "", disguised);
  }

  private static boolean plainAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 126 || (c < 32 && c != '\n' && c != '\t' && c != '\r')) {
        return false;
      }
    }
    return true;
  }

  private static boolean printable(CharSequence text) {
    return text.chars().filter(c -> c >= 32 && c < 127).count() > text.length() * 0.9;
  }

  private static boolean invisible(int c) {
    int type = UCharacter.getType(c);
    return type == Character.FORMAT
        || UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT)
        || (type == Character.CONTROL && c != '\n' && c != '\t' && c != '\r');
  }

  /** Joiners and selectors of emoji and of scripts that need them hide nothing. */
  private static boolean emojiPart(int c) {
    return c == 0x200D || c == 0x200C || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF || c == 0xAD;
  }

  /** Words with a Latin letter or look-alikes alone become Latin; other scripts stay. */
  private static int unmask(CharSequence text, StringBuilder out) {
    int disguised = 0;
    int i = 0;
    while (i < text.length()) {
      int end = i;
      boolean latin = false;
      boolean foreign = false;
      while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
        int c = Character.codePointAt(text, end);
        boolean letter = Character.isLetter(c);
        latin |= letter && c < 0x250;
        foreign |= letter && c >= 0x250 && skeleton(c).isEmpty();
        end += Character.charCount(c);
      }
      for (int k = i; k < end; ) {
        int c = Character.codePointAt(text, k);
        k += Character.charCount(c);
        String skeleton = c > 126 && (latin || !foreign) ? skeleton(c) : "";
        if (!skeleton.isEmpty()) {
          disguised += latin && Character.isLetter(c) && c >= 0x250 ? 1 : 0;
          out.append(skeleton);
        } else {
          out.appendCodePoint(c);
        }
      }
      if (end < text.length()) {
        out.append(text.charAt(end));
        end++;
      }
      i = end;
    }
    return disguised;
  }

  /** The Latin letters that a character passes for; empty when it passes for none. */
  private static String skeleton(int c) {
    return KNOWN.computeIfAbsent(
        c,
        it -> {
          String skeleton = CONFUSABLE.getSkeleton(Character.toString(it));
          boolean ascii = !skeleton.isEmpty() && skeleton.chars().allMatch(s -> s >= 32 && s < 127);
          return ascii ? skeleton : "";
        });
  }
}
