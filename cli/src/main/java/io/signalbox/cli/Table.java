package io.signalbox.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rows in columns that are as wide as they need to be. */
public final class Table {
  /** A text and its colour. */
  public record Cell(String text, Ink ink) {
    public static Cell of(String text) {
      return new Cell(text, Ink.PLAIN);
    }
  }

  private final List<String> header;
  private final List<List<Cell>> rows = new ArrayList<>();

  public Table(String... header) {
    this.header = List.of(header);
  }

  public Table row(Cell... cells) {
    rows.add(List.of(cells));
    return this;
  }

  public Table row(String... cells) {
    return row(List.of(cells).stream().map(Cell::of).toArray(Cell[]::new));
  }

  public void print(PrintStream out) {
    int[] widths = new int[header.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = header.get(i).length();
      for (List<Cell> row : rows) {
        widths[i] = Math.max(widths[i], width(row.get(i).text()));
      }
    }
    out.println(line(header.stream().map(title -> new Cell(title, Ink.BOLD)).toList(), widths));
    rows.forEach(row -> out.println(line(row, widths)));
  }

  private static String line(List<Cell> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      line.append(cell.ink() == Ink.PLAIN ? cell.text() : cell.ink().on(cell.text()));
      if (i < cells.size() - 1) {
        line.append(" ".repeat(widths[i] - width(cell.text()) + 2));
      }
    }
    return line.toString();
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
