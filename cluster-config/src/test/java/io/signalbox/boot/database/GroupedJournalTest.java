package io.signalbox.boot.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupedJournalTest {
  private static boolean refused(String state) {
    SQLException cause = new SQLException("no", state);
    SQLException batch = new BatchUpdateException("no", state, new int[0], cause);
    return GroupedJournal.refused(new CompletionException(batch));
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "22001", "P0001", "42501"})
  void aRowThatTheDatabaseDoesNotWantIsRefused(String state) {
    assertThat(refused(state)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01", "53300", "58030", "40001"})
  void aDatabaseThatIsAwayOrFullRefusesNothing(String state) {
    assertThat(refused(state)).isFalse();
  }

  @Test
  void otherFailuresAreNotTheDatabasesWord() {
    assertThat(GroupedJournal.refused(new IllegalStateException("queue full"))).isFalse();
    assertThat(GroupedJournal.refused(new SQLException("no state"))).isFalse();
  }
}
