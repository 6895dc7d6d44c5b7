package io.signalbox.agents.guard.injection;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a text says once its encoded parts are read; to a bounded depth and number. */
final class Decodings {
  private static final int DEPTH = 3;
  private static final int MOST = 24;
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{16,}={0,2}");
  private static final Pattern HEX =
      Pattern.compile("(?:(?:0x|\\\\x|%)?[0-9a-fA-F]{2}[ :,]?){12,}");
  private static final Pattern URL = Pattern.compile("[^\\s]*(?:%[0-9A-Fa-f]{2}[^\\s]*){3,}");
  private static final Pattern ENTITY =
      Pattern.compile("&(?:#(\\d{2,7})|#x([0-9a-fA-F]{2,6})|(lt|gt|amp|quot|apos|nbsp));");
  private static final Pattern ESCAPE = Pattern.compile("(?:\\\\u[0-9a-fA-F]{4}){3,}");
  private static final Pattern BINARY = Pattern.compile("(?:[01]{8}[ ,]?){6,}");
  private static final Pattern SPACED = Pattern.compile("(?:\\b\\w[ ._*|-]{1,2}){9,}\\w\\b");
  private static final Pattern COMMON =
      Pattern.compile(
          "\\b(?:the|and|you|your|ignore|this|that|all|instructions?|previous|system|prompt|send|reveal|to|of|now|are|is|with|must|not|do|from|for)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern LEET =
      Pattern.compile("\\b\\p{L}*[0134578@$]\\p{L}+[0134578@$\\p{L}]*\\b");

  private Decodings() {}

  /** The texts hidden in this one, the nearest first; never the text itself. */
  static List<String> of(String text) {
    Set<String> found = new LinkedHashSet<>();
    unfold(text, DEPTH, found);
    return new ArrayList<>(found);
  }

  private static void unfold(String text, int depth, Set<String> found) {
    if (depth == 0 || found.size() >= MOST) {
      return;
    }
    List<String> next = new ArrayList<>();
    each(BASE64, text, it -> base64(it), next);
    each(HEX, text, it -> hex(it), next);
    each(BINARY, text, it -> binary(it), next);
    each(URL, text, it -> url(it), next);
    each(ESCAPE, text, it -> escapes(it), next);
    each(SPACED, text, it -> it.replaceAll("(?<=\\w)[ ._*|-](?=\\w)", ""), next);
    if (ENTITY.matcher(text).find()) {
      next.add(entities(text));
    }
    String turned = rot13(text);
    if (words(turned) >= 3 && words(turned) > 2 * words(text)) {
      next.add(turned);
    }
    String backwards = new StringBuilder(text).reverse().toString();
    if (words(backwards) >= 3 && words(backwards) > 2 * words(text)) {
      next.add(backwards);
    }
    long leet = LEET.matcher(text).results().limit(5).count();
    if (leet >= 3) {
      next.add(leet(text));
    }
    for (String one : next) {
      if (!one.equals(text) && found.size() < MOST && found.add(one)) {
        unfold(one, depth - 1, found);
      }
    }
  }

  private interface Decoder {
    String read(String encoded);
  }

  private static void each(Pattern pattern, String text, Decoder decoder, List<String> found) {
    Matcher m = pattern.matcher(text);
    while (m.find() && found.size() < MOST) {
      String read = decoder.read(m.group());
      if (readable(read)) {
        found.add(read);
      }
    }
  }

  /** Mostly letters and spaces: a key or a picture decodes to noise. */
  private static boolean readable(String text) {
    if (text.length() < 8) {
      return false;
    }
    long good =
        text.chars().filter(c -> Character.isLetter(c) || Character.isWhitespace(c)).count();
    long bad = text.chars().filter(c -> c == 0xFFFD || c < 9 || (c > 13 && c < 32)).count();
    return bad == 0 && good > text.length() * 0.7;
  }

  private static String base64(String text) {
    String tidy = text.replace('-', '+').replace('_', '/').replace("=", "");
    try {
      return utf8(
          Base64.getDecoder()
              .decode(tidy.substring(0, tidy.length() - (tidy.length() % 4 == 1 ? 1 : 0))));
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String hex(String text) {
    String digits = text.replaceAll("0x|\\\\x|[^0-9a-fA-F]", "");
    return utf8(HexFormat.of().parseHex(digits.substring(0, digits.length() / 2 * 2)));
  }

  private static String binary(String text) {
    StringBuilder read = new StringBuilder();
    String bits = text.replaceAll("[^01]", "");
    for (int i = 0; i + 8 <= bits.length(); i += 8) {
      read.append((char) Integer.parseInt(bits.substring(i, i + 8), 2));
    }
    return read.toString();
  }

  private static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return "";
    }
  }

  private static String url(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static String escapes(String text) {
    StringBuilder read = new StringBuilder();
    for (int i = 0; i + 6 <= text.length(); i += 6) {
      read.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
    }
    return read.toString();
  }

  private static String entities(String text) {
    return ENTITY
        .matcher(text)
        .replaceAll(
            m -> {
              if (m.group(3) != null) {
                return switch (m.group(3)) {
                  case "lt" -> "<";
                  case "gt" -> ">";
                  case "amp" -> "&";
                  case "quot" -> "\"";
                  case "apos" -> "'";
                  default -> " ";
                };
              }
              int c =
                  m.group(1) != null
                      ? Integer.parseInt(m.group(1))
                      : Integer.parseInt(m.group(2), 16);
              return Character.isValidCodePoint(c)
                  ? Matcher.quoteReplacement(Character.toString(c))
                  : "";
            });
  }

  private static String rot13(String text) {
    StringBuilder turned = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'a' && c <= 'z') {
        turned.append((char) ('a' + (c - 'a' + 13) % 26));
      } else if (c >= 'A' && c <= 'Z') {
        turned.append((char) ('A' + (c - 'A' + 13) % 26));
      } else {
        turned.append(c);
      }
    }
    return turned.toString();
  }

  private static String leet(String text) {
    return LEET.matcher(text)
        .replaceAll(
            m ->
                Matcher.quoteReplacement(
                    m.group()
                        .toLowerCase(Locale.ROOT)
                        .replace('0', 'o')
                        .replace('1', 'i')
                        .replace('3', 'e')
                        .replace('4', 'a')
                        .replace('5', 's')
                        .replace('7', 't')
                        .replace('8', 'b')
                        .replace('@', 'a')
                        .replace('$', 's')));
  }

  private static long words(String text) {
    return COMMON.matcher(text).results().limit(200).count();
  }
}
