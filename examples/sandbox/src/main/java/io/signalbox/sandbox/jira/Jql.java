package io.signalbox.sandbox.jira;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of JQL that this stand-in understands: {@code project}, {@code labels}, {@code key},
 * {@code status} and {@code summary}, joined by {@code AND}, with an optional {@code ORDER BY}.
 */
record Jql(List<Predicate<Issue>> conditions) {
  /** A query that Jira would refuse, in its words. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  private static final Pattern ORDER = Pattern.compile("(?i)\\s*\\border\\s+by\\b.*$");
  private static final Pattern AND =
      Pattern.compile("(?i)\\s+and\\s+(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");
  private static final Pattern CLAUSE =
      Pattern.compile("(?i)^\\s*(\\w+)\\s*(=|!=|~|not\\s+in|in)\\s*(.+?)\\s*$");

  Jql {
    conditions = List.copyOf(conditions);
  }

  static Jql parse(String text) throws Refused {
    String query = ORDER.matcher(text).replaceFirst("");
    if (query.isBlank()) {
      throw new Refused(
          "Unbounded JQL queries are not allowed here. Please add a search restriction to your"
              + " query.");
    }
    List<Predicate<Issue>> conditions = new ArrayList<>();
    for (String clause : AND.split(query, -1)) {
      conditions.add(condition(clause));
    }
    return new Jql(conditions);
  }

  boolean holds(Issue issue) {
    return conditions.stream().allMatch(condition -> condition.test(issue));
  }

  private static Predicate<Issue> condition(String clause) throws Refused {
    Matcher matcher = CLAUSE.matcher(clause);
    if (!matcher.matches()) {
      throw new Refused("Error in the JQL Query: cannot read '" + clause.strip() + "'.");
    }
    String field = matcher.group(1).toLowerCase(Locale.ROOT);
    String operator = matcher.group(2).toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    List<String> values = values(matcher.group(3));
    Predicate<Issue> any = issue -> values.stream().anyMatch(value -> has(issue, field, value));
    return switch (operator) {
      case "=", "in" -> known(field, any);
      case "!=", "not in" -> known(field, any.negate());
      default -> contains(field, values.getFirst());
    };
  }

  private static Predicate<Issue> known(String field, Predicate<Issue> condition) throws Refused {
    return switch (field) {
      case "project", "labels", "key", "issuekey", "status" -> condition;
      default ->
          throw new Refused(
              "Field '" + field + "' does not exist or you do not have permission to view it.");
    };
  }

  private static Predicate<Issue> contains(String field, String value) throws Refused {
    if (!field.equals("summary")) {
      throw new Refused("The operator '~' is not supported by the '" + field + "' field.");
    }
    return issue ->
        issue.summary().toLowerCase(Locale.ROOT).contains(value.toLowerCase(Locale.ROOT));
  }

  private static boolean has(Issue issue, String field, String value) {
    return switch (field) {
      case "project" -> issue.project().equalsIgnoreCase(value);
      case "labels" -> issue.labels().contains(value);
      case "status" -> issue.status().equalsIgnoreCase(value);
      default -> issue.key().equalsIgnoreCase(value) || issue.id().equals(value);
    };
  }

  private static List<String> values(String text) {
    String list = text.startsWith("(") ? text.substring(1, text.lastIndexOf(')')) : text;
    List<String> values = new ArrayList<>();
    Matcher each = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|([^,\\s]+)").matcher(list);
    while (each.find()) {
      for (int group = 1; group <= 3; group++) {
        if (each.start(group) >= 0) {
          values.add(list.substring(each.start(group), each.end(group)).replace("\\\"", "\""));
        }
      }
    }
    return values.isEmpty() ? List.of("") : values;
  }
}
