package io.signalbox.http;

import io.signalbox.http.hooks.HookRoutes;
import io.signalbox.http.wire.Endpoint;
import io.signalbox.protocol.audit.Trail;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;

/** The table of everything that is served; held against the OpenAPI document by a test. */
final class Api {
  private Api() {}

  static List<Endpoint> endpoints(
      ActorSystem<?> system, HttpSettings settings, Doors doors, InstantSource clock) {
    Rooms rooms = Rooms.behind(doors, system, settings);
    Starter starter = new Starter(rooms, clock);
    OneTask oneTask = new OneTask(rooms, starter, settings.callPatience());
    Sessions sessions = new Sessions(system, settings.patience());
    McpSessions mcp = new McpSessions(system, settings);
    McpCatalog offers = new McpCatalog(rooms);
    Decisions decisions = new Decisions(rooms, Trail.of(system));
    McpApprovals asking = new McpApprovals(rooms, decisions);
    McpTasks tasks = new McpTasks(rooms, asking);
    McpMethods methods = new McpMethods(system, doors.mcp(), mcp, offers);
    McpCalls calls = new McpCalls(system, settings, rooms, starter, mcp, offers, asking, tasks);
    SlackDecisions slack = new SlackDecisions(rooms, decisions);
    HistoryStream stream = new HistoryStream(system, rooms, settings);
    return Stream.of(
            new ClusterRoutes(system, settings.patience()).endpoints(),
            new WorkflowRoutes(rooms).endpoints(),
            new RunRoutes(rooms, starter, settings.waitLimit()).endpoints(),
            new HistoryRoutes(rooms, stream).endpoints(),
            new BlobRoutes(doors.blobs()).endpoints(),
            new ControlRoutes(rooms, doors.audit()).endpoints(),
            new MoveRoutes(rooms, clock).endpoints(),
            new EventRoutes(rooms, clock).endpoints(),
            new DeadLetterRoutes(rooms).endpoints(),
            new HookRoutes(settings.hooks(), rooms.events(), clock, slack::take).endpoints(),
            new ApprovalRoutes(rooms, decisions).endpoints(),
            new GrantRoutes(rooms, clock).endpoints(),
            new ChannelRoutes(rooms).endpoints(),
            new LinkRoutes(rooms, decisions).endpoints(),
            new ScheduleRoutes(rooms).endpoints(),
            new ToolRoutes(rooms, oneTask, doors.tools()).endpoints(),
            new GuardrailRoutes(rooms).endpoints(),
            new AgentRoutes(rooms, sessions, oneTask).endpoints(),
            new KeyRoutes(rooms).endpoints(),
            new McpServerRoutes(rooms).endpoints(),
            new McpRoutes(
                    settings,
                    mcp,
                    methods,
                    calls,
                    tasks,
                    new McpStateless(mcp, methods, calls, offers))
                .endpoints(),
            new RoleRoutes(rooms).endpoints(),
            new PolicyRoutes(rooms, clock).endpoints(),
            new TaintRuleRoutes(rooms).endpoints(),
            new AuditRoutes(doors.audit(), clock).endpoints(),
            new BudgetRoutes(rooms, system, settings.patience()).endpoints(),
            new FreezeRoutes(rooms, clock).endpoints())
        .flatMap(List::stream)
        .toList();
  }
}
