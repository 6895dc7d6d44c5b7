package io.signalbox.runtime.taint;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Text as it is compared: without case, accents, look-alikes and what cannot be seen. */
final class Words {
  private static final Pattern UNSEEN = Pattern.compile("[\\p{Cf}\\p{Mn}\\uFE00-\\uFE0F]");
  private static final Pattern BREAK = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern SENTENCE =
      Pattern.compile("(?<=[.!?;\u3002\uff01\uff1f])\\s+|\\n+|(?<=[\u3002\uff01\uff1f])");
  private static final String LOOKS =
      "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0455\u0458\u04bb\u0501\u03b1\u03bf\u03c1\u03bd\u03b9\u0131\u0261\u2010\u2011\u2012\u2013\u2014";
  private static final String MEANS = "aeopcyxisjhdaopviig-----";

  private Words() {}

  /** Case, accents, width and invisible characters taken away. Scripts stay as they are. */
  static String plain(String text) {
    String wide = Normalizer.normalize(text, Normalizer.Form.NFKD);
    return UNSEEN.matcher(wide).replaceAll("").toLowerCase(Locale.ROOT).replace("\u00df", "ss");
  }

  /** Words that mix scripts as nobody would write them, in the letters they imitate. */
  static String unmasked(String plain) {
    StringBuilder out = new StringBuilder(plain.length());
    for (int i = 0; i < plain.length(); i++) {
      int at = LOOKS.indexOf(plain.charAt(i));
      out.append(at < 0 ? plain.charAt(i) : MEANS.charAt(at));
    }
    return out.toString();
  }

  static List<String> tokens(String text) {
    return Arrays.stream(BREAK.split(plain(text), -1)).filter(it -> !it.isEmpty()).toList();
  }

  /** The words of a text, each once. */
  static Set<String> set(String words) {
    return Set.copyOf(Arrays.asList(words.split(" ", -1)));
  }

  /** Tokens with a blank before and after each, so that whole ones are found in it. */
  static String line(String text) {
    return line(tokens(text));
  }

  static String line(List<String> tokens) {
    return " " + String.join(" ", tokens) + " ";
  }

  static List<String> sentences(String text) {
    List<String> all = new ArrayList<>();
    for (String one : SENTENCE.split(text, -1)) {
      if (!one.isBlank()) {
        all.add(one.strip());
      }
    }
    return all;
  }

  /** The part that English endings leave, good enough to tell "replies" from "reply" no more. */
  static String stem(String word) {
    if (word.length() <= 3) {
      return word;
    }
    String s = word;
    if (s.endsWith("ies") || s.endsWith("ied")) {
      return s.substring(0, s.length() - 3) + "y";
    }
    if (s.endsWith("ing") && s.length() > 5) {
      s = s.substring(0, s.length() - 3);
    } else if (s.endsWith("ed") && s.length() > 4) {
      s = s.substring(0, s.length() - 2);
    } else if (s.endsWith("es") && s.length() > 4) {
      s = s.substring(0, s.length() - 2);
    } else if (s.endsWith("s") && !s.endsWith("ss")) {
      s = s.substring(0, s.length() - 1);
    }
    int n = s.length();
    if (n > 3 && s.charAt(n - 1) == s.charAt(n - 2) && "bdgmnprt".indexOf(s.charAt(n - 1)) >= 0) {
      s = s.substring(0, n - 1);
    }
    return s.endsWith("e") && s.length() > 3 ? s.substring(0, s.length() - 1) : s;
  }
}
