package io.signalbox.agents.hands.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.agents.hands.kit.Setback;
import org.junit.jupiter.api.Test;

class NamedQueryTest {
  @Test
  void namesBecomePlacesInOrder() throws Setback {
    var query = NamedQuery.parse("select * from t where a = :a and b > :b_2 and c = :a;  ");
    assertThat(query.sql()).isEqualTo("select * from t where a = ? and b > ? and c = ?");
    assertThat(query.names()).containsExactly("a", "b_2", "a");
  }

  @Test
  void whatOnlyLooksLikeAParameterStays() throws Setback {
    for (var text :
        new String[] {
          "select ':a', 'it''s :a', E'\\':a', \":a\", x::int, f(a := 1), a[1:2]",
          "select 1 -- :a\n, 2 /* :a /* :b */ :c */, $$ :a ; $$, $tag$ :a $$ $tag$",
        }) {
      var query = NamedQuery.parse(text);
      assertThat(query.names()).isEmpty();
      assertThat(query.sql()).isEqualTo(text);
    }
  }

  @Test
  void operatorsWithQuestionMarksReachTheDatabase() throws Setback {
    assertThat(NamedQuery.parse("select a ? 'k', '?'").sql()).isEqualTo("select a ?? 'k', '?'");
  }

  @Test
  void aSecondStatementIsRefused() {
    assertThatThrownBy(() -> NamedQuery.parse("select ';'; drop table t"))
        .isInstanceOf(Setback.class)
        .hasMessageContaining("one statement");
  }
}
