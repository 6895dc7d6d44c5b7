Feature: Flow directives and loops
  As an author of workflows
  I want control to go where directives say, in every kind of list
  So that a definition reads the way it runs

  Scenario: Going back makes a loop
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: goto-back
      version: '1.0.0'

    do:
      - count:
          set:
            n: ${ .n + 1 }
      - more:
          switch:
            - again:
                when: .n < 5
                then: count
            - enough:
                then: end
      - never:
          set:
            n: -1
    """
    And given the workflow input is:
    """yaml
    n: 0
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 5
    """
    And count should run first
    And more should run last

  Scenario: A default case is taken only when no other holds, wherever it stands
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: switch-default-first
      version: '1.0.0'

    do:
      - pick:
          switch:
            - otherwise:
                then: other
            - one:
                when: .n == 1
                then: first
      - other:
          set: { at: other }
          then: end
      - first:
          set: { at: first }
    """
    And given the workflow input is:
    """yaml
    n: 1
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    at: first
    """

  Scenario: A switch without a fitting case continues
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: switch-none
      version: '1.0.0'

    do:
      - pick:
          switch:
            - one:
                when: .n == 1
                then: end
      - next:
          set: { at: next }
    """
    And given the workflow input is:
    """yaml
    n: 2
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    at: next
    """
    And next should run after pick

  Scenario: Exit leaves the list it stands in and nothing more
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: exit-nested
      version: '1.0.0'

    do:
      - outer:
          do:
            - inner:
                do:
                  - a:
                      set: { n: 1 }
                      then: exit
                  - b:
                      set: { n: 2 }
            - c:
                set:
                  n: ${ .n * 10 }
      - d:
          set:
            n: ${ .n + 5 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 15
    """
    And c should run after a
    And d should run last

  Scenario: Exit in the main list completes the workflow
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: exit-main
      version: '1.0.0'

    do:
      - a:
          set: { n: 1 }
          then: exit
      - b:
          set: { n: 2 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 1
    """

  Scenario: End in a nested list ends the whole workflow
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: end-nested
      version: '1.0.0'

    do:
      - outer:
          do:
            - a:
                set: { n: 1 }
                then: end
      - b:
          set: { n: 2 }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 1
    """

  Scenario: Exit in the body of a loop leaves the loop
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: exit-loop
      version: '1.0.0'

    do:
      - loop:
          for:
            in: '[1, 2, 3]'
          do:
            - add:
                set:
                  sum: ${ (.sum // 0) + $item }
            - stop:
                switch:
                  - two:
                      when: $item == 2
                      then: exit
      - show:
          set:
            sum: ${ .sum }
            after: true
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    sum: 3
    after: true
    """

  Scenario: A loop ends as soon as its condition does not hold
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: for-while
      version: '1.0.0'

    do:
      - loop:
          for:
            each: x
            in: .xs
            at: i
          while: $i < 2 and (.sum // 0) < 100
          do:
            - add:
                set:
                  sum: ${ (.sum // 0) + $x }
                  xs: ${ .xs }
    """
    And given the workflow input is:
    """yaml
    xs: [ 10, 20, 30 ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    sum: 30
    xs: [ 10, 20, 30 ]
    """

  Scenario: The variables of a loop have names by default, also in loops within loops
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: for-nested
      version: '1.0.0'

    do:
      - outer:
          for:
            in: '[1, 2]'
          do:
            - inner:
                for:
                  each: letter
                  in: '["a", "b"]'
                  at: place
                do:
                  - add:
                      set:
                        list: ${ (.list // []) + ["\($item)\($letter)\($index)\($place)"] }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    list: [ 1a00, 1b01, 2a10, 2b11 ]
    """

  Scenario: A loop over nothing puts out what flowed in
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: for-empty
      version: '1.0.0'

    do:
      - loop:
          for:
            in: '[]'
          do:
            - never:
                set: { gone: true }
    """
    And given the workflow input is:
    """yaml
    kept: true
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    kept: true
    """

  Scenario: A loop over something that is no list faults
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: for-no-list
      version: '1.0.0'

    do:
      - loop:
          for:
            in: .n
          do:
            - never:
                set: { gone: true }
    """
    And given the workflow input is:
    """yaml
    n: 5
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/validation
    instance: /do/0/loop
    """

  Scenario: The directive of a skipped task is followed
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: skip-then
      version: '1.0.0'

    do:
      - a:
          if: 'false'
          set: { n: 1 }
          then: c
      - b:
          set: { n: 2 }
          then: end
      - c:
          set:
            kept: ${ .kept }
    """
    And given the workflow input is:
    """yaml
    kept: 7
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    kept: 7
    """
