package io.signalbox.agents.hands.jira;

import io.signalbox.agents.hands.kit.Hand;
import io.signalbox.agents.hands.web.Wire;
import java.util.Map;

/** Issues, their comments and their way through the workflow. */
public final class Jira {
  private Jira() {}

  /** The hands by tool name. */
  public static Map<String, Hand> hands(JiraSettings settings, Wire wire) {
    var site = new Site(settings, wire);
    return Map.of(
        "jira.create-issue", new Issues(site),
        "jira.add-comment", new Comments(site),
        "jira.transition-issue", new Transitions(site));
  }
}
