package io.signalbox.agents.hands.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Resolves names for the whole process as the platform does, but refuses addresses that a name may
 * not lead to while a request to that name is under way. The HTTP client looks names up by itself;
 * this is where that look-up is checked, so that a name cannot lead elsewhere the second time.
 */
public final class GuardedNames extends InetAddressResolverProvider {
  private static final Map<String, Guard> GUARDED = new ConcurrentHashMap<>();

  private record Guard(EgressSettings settings, int held) {}

  /** A name leads to an address that must not be called. */
  static final class Inside extends UnknownHostException {
    Inside(String why) {
      super(why);
    }

    String why() {
      return String.valueOf(getMessage());
    }
  }

  static void guard(String host, EgressSettings settings) {
    GUARDED.merge(
        key(host), new Guard(settings, 1), (old, _) -> new Guard(settings, old.held() + 1));
  }

  static void release(String host) {
    GUARDED.computeIfPresent(
        key(host),
        (_, guard) -> guard.held() > 1 ? new Guard(guard.settings(), guard.held() - 1) : null);
  }

  private static String key(String host) {
    return host.toLowerCase(Locale.ROOT);
  }

  @Override
  public String name() {
    return "signalbox-guarded-names";
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return new Checked(configuration.builtinResolver());
  }

  /** What the platform finds, unless the name is guarded and leads inside. */
  record Checked(InetAddressResolver platform) implements InetAddressResolver {
    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      List<InetAddress> found = platform.lookupByName(host, policy).toList();
      Guard guard = GUARDED.get(key(host));
      if (guard != null) {
        for (InetAddress address : found) {
          Optional<String> objection = guard.settings().objection(address);
          if (objection.isPresent()) {
            throw new Inside(Egress.REFUSED + host + ": " + objection.get());
          }
        }
      }
      return found.stream();
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      return platform.lookupByAddress(address);
    }
  }
}
