package io.signalbox.agents.hands.web;

import io.signalbox.agents.hands.kit.Setback;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.util.ByteString;

/** Gets something that a call needs before it can be made. */
public final class Fetch {
  private Fetch() {}

  /** The whole of it, redirects followed. */
  public static ByteString get(Talk talk, URI address, Authorization authorization, String what)
      throws Setback {
    var call =
        new HttpCall(
            "GET",
            address,
            Map.of("Accept", List.of("application/json, application/yaml, */*;q=0.5")),
            Set.of(),
            Optional.empty(),
            HttpCall.Output.RAW,
            false,
            true,
            false);
    var answer = Redirects.follow(talk, call, authorization).answer();
    if (!answer.isSuccess()) {
      throw Setback.failed(
          HttpCaller.kind(answer.status()),
          answer.status(),
          "%s at %s: the server answered %d: %s"
              .formatted(
                  what,
                  address.getHost() + address.getRawPath(),
                  answer.status(),
                  answer.shortened()),
          RetryAfter.of(answer, talk.now()));
    }
    return answer.body();
  }
}
