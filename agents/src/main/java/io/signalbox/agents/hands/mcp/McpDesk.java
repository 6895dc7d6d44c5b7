package io.signalbox.agents.hands.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.signalbox.agents.hands.kit.Setback;
import io.signalbox.protocol.mcp.McpOrder;
import io.signalbox.protocol.mcp.McpOrder.Answer;
import io.signalbox.protocol.run.Outcome;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Asks servers what is no run, each question on a virtual thread, a bounded number at a time. */
public final class McpDesk {
  private static final int MOST = 256;
  private static final int UNAVAILABLE = -32603;

  private final McpServers servers;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore free = new Semaphore(MOST);

  private McpDesk(McpServers servers) {
    this.servers = servers;
  }

  /** Asks through these connections, and closes them in the end. */
  public static Behavior<McpOrder> create(McpServers servers) {
    return Behaviors.setup(
        _ -> {
          McpDesk desk = new McpDesk(servers);
          return Behaviors.receive(McpOrder.class)
              .onAnyMessage(
                  order -> {
                    desk.take(order);
                    return Behaviors.same();
                  })
              .onSignal(
                  PostStop.class,
                  _ -> {
                    desk.threads.shutdownNow();
                    Thread.startVirtualThread(servers::close);
                    return Behaviors.same();
                  })
              .build();
        });
  }

  private void take(McpOrder order) {
    if (!free.tryAcquire()) {
      order.replyTo().tell(new Answer.No(UNAVAILABLE, "too much is asked of servers already"));
      return;
    }
    threads.execute(
        () -> {
          try {
            order.replyTo().tell(answer(order));
          } finally {
            free.release();
          }
        });
  }

  private Answer answer(McpOrder order) {
    Link link =
        new Link(order.tenant(), order.server().name(), order.server().reach(), order.session());
    try {
      Connection connection = servers.get(link);
      try {
        JsonNode result = connection.request(order.method(), order.params(), order.patience());
        return new Answer.Result(result);
      } catch (RuntimeException e) {
        if (!Faults.isAnswer(e)) {
          connection.spoil();
        }
        return new Answer.No(Faults.code(e), detail(Faults.calling(link, e, false)));
      }
    } catch (Setback e) {
      return new Answer.No(UNAVAILABLE, detail(e));
    }
  }

  private static String detail(Setback setback) {
    return setback.outcome() instanceof Outcome.Failed failed
        ? failed.detail()
        : String.valueOf(setback.getMessage());
  }
}
