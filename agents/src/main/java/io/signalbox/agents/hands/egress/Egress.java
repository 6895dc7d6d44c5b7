package io.signalbox.agents.hands.egress;

import io.signalbox.agents.hands.kit.Setback;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Lets a request out only to where calls may go. As long as the pass is held, every look-up of the
 * name in this process gives addresses that were checked, so that the connection cannot go
 * elsewhere than what was looked at.
 */
public final class Egress {
  /** How a refusal begins. */
  public static final String REFUSED = "egress: nothing was sent: ";

  private final EgressSettings settings;

  public Egress(EgressSettings settings) {
    this.settings = settings;
  }

  /** Held while the request is under way. */
  public interface Pass extends AutoCloseable {
    @Override
    void close();
  }

  /** Checks name and addresses, and goes on checking until the pass is closed. */
  public Pass pass(URI uri) throws Setback {
    if (uri.getHost() == null) {
      throw refused("the address names no host");
    }
    String host = uri.getHost();
    if (settings.trusted().contains(EgressSettings.place(uri))) {
      return () -> {};
    }
    Optional<String> unlisted = settings.objection(host);
    if (unlisted.isPresent()) {
      throw refused(unlisted.get());
    }
    String name = bare(host);
    // first the guard, then the look: what the look finds was either looked up under guard, or is
    // what the process remembers, and is checked here
    GuardedNames.guard(name, settings);
    try {
      for (InetAddress address : InetAddress.getAllByName(name)) {
        Optional<String> objection = settings.objection(address);
        if (objection.isPresent()) {
          throw refused(host + ": " + objection.get());
        }
      }
    } catch (UnknownHostException e) {
      GuardedNames.release(name);
      if (e instanceof GuardedNames.Inside inside) {
        throw Setback.failed("authorization", 403, inside.why());
      }
      throw Setback.failed("communication", 503, host + " is not reachable: it does not resolve");
    } catch (Setback e) {
      GuardedNames.release(name);
      throw e;
    }
    return () -> GuardedNames.release(name);
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static Setback refused(String why) {
    return Setback.failed("authorization", 403, REFUSED + why);
  }
}
