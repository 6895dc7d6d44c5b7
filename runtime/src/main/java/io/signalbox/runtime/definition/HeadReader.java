package io.signalbox.runtime.definition;

import io.signalbox.protocol.WorkflowRef;
import io.signalbox.protocol.definition.EventFilter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what stands around the tasks: document, use and schedule. */
final class HeadReader {
  private static final String LABEL = "[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
  private static final String SEMVER =
      "(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?";

  private final Compilation in;
  private final Place root;

  HeadReader(Compilation in, Place root) {
    this.in = in;
    this.root = root;
  }

  WorkflowRef document() {
    Place document = root.at("document");
    if (!document.present()) {
      in.findings.fault(root, "a definition needs 'document' (dsl, namespace, name, version)");
      return new WorkflowRef("", "", "");
    }
    if (!in.findings.object(document, "'document'")) {
      return new WorkflowRef("", "", "");
    }
    in.findings.only(
        document,
        "'document'",
        Set.of("dsl", "namespace", "name", "version", "title", "summary", "tags", "metadata"));
    matching(document, "dsl", "1\\.0\\.\\d+", "must be a 1.0 version of the DSL, such as '1.0.3'");
    in.findings.text(document.at("title"));
    in.findings.text(document.at("summary"));
    return new WorkflowRef(
        matching(document, "namespace", LABEL, LABEL_EXPECTED),
        matching(document, "name", LABEL, LABEL_EXPECTED),
        matching(
            document, "version", SEMVER, "must be a semantic version in quotes, such as '1.0.0'"));
  }

  private static final String LABEL_EXPECTED =
      "must have 1 to 63 letters, digits and '-', and begin and end with a letter or digit";

  private String matching(Place document, String name, String pattern, String expected) {
    Place place = document.at(name);
    if (!place.present()) {
      in.findings.fault(document, "'document' needs '" + name + "'");
      return "";
    }
    if (!place.node().isTextual()
        || !place.text().matches(pattern)
        || place.text().length() > 200) {
      in.findings.fault(place, expected);
    }
    return place.text();
  }

  Optional<EventFilter> schedule() {
    Place schedule = root.at("schedule");
    if (!schedule.present() || !in.findings.object(schedule, "'schedule'")) {
      return Optional.empty();
    }
    for (String kind : List.of("every", "cron", "after")) {
      if (schedule.at(kind).present()) {
        in.findings.notBuilt(schedule.at(kind), "schedules by '" + kind + "' are");
      }
    }
    in.findings.only(schedule, "'schedule'", Set.of("every", "cron", "after", "on"));
    return schedule.at("on").present()
        ? in.plain.one(schedule.at("on"), new Names(Set.of()))
        : Optional.empty();
  }

  /** What is declared for use must be right even where nothing uses it. */
  void reusables() {
    Names names = Names.EVERYWHERE.plus("error");
    for (String section : List.of("errors", "retries", "timeouts", "authentications")) {
      in.use
          .section(section)
          .fieldNames()
          .forEachRemaining(
              name -> {
                Place place = in.use.place(section, name);
                if (in.findings.near(place.pointer())) {
                  return;
                }
                switch (section) {
                  case "errors" -> in.plain.error(place, names);
                  case "retries" -> in.catches.policy(place, names);
                  case "timeouts" -> in.timeout(place, names);
                  default -> in.authentications.policy(place, names);
                }
              });
    }
  }
}
