package io.signalbox.agents.guard.sensitive;

import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses of machines, versions 4 and 6; not the versions of programs, which look alike. */
final class Ips implements Detector {
  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern FOUR =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}._-])(?:"
              + OCTET
              + "\\.){3}"
              + OCTET
              + "(?![\\p{L}\\p{N}_]|\\.\\d|-\\p{L})");
  private static final Pattern SIX =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}_:.])(?=[0-9A-Fa-f:]*:[0-9A-Fa-f:]*:)[0-9A-Fa-f:]{3,39}(?:(?<=:)(?:"
              + OCTET
              + "\\.){3}"
              + OCTET
              + ")?(?![\\p{L}\\p{N}_:])");
  private static final Pattern VERSION =
      Pattern.compile(
          "(?:\\bv(?:er(?:sion)?)?\\.?|release|build|firmware|section|chapter|clause|paragraph|§|==|>=|<=|~>|\\^|oid|jdk|jre|\\.jar)\\W{0,2}$",
          Pattern.CASE_INSENSITIVE);

  @Override
  public List<Hit> find(String text) {
    List<Hit> hits = new ArrayList<>();
    Matcher four = FOUR.matcher(text);
    while (four.find()) {
      if (!Context.before(text, four.start(), 16, VERSION) && !four.group().startsWith("0.")) {
        hits.add(new Hit("ip", "ipv4", four.start(), four.end(), 0.95));
      }
    }
    Matcher six = SIX.matcher(text);
    while (six.find()) {
      if (isSix(six.group())) {
        hits.add(new Hit("ip", "ipv6", six.start(), six.end(), 0.95));
      }
    }
    return hits;
  }

  private static boolean isSix(String candidate) {
    long digits = candidate.chars().filter(c -> c != ':').count();
    if (digits < 3 || candidate.indexOf(':') == candidate.lastIndexOf(':')) {
      return false;
    }
    try {
      var _ = Inet6Address.ofLiteral(candidate); // looks nothing up
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
