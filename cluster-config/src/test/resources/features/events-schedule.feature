Feature: Schedules On Events
  As an implementer of the workflow DSL
  I want workflows to be started by the events they are scheduled on
  So that my implementation conforms to the expected behavior

  Scenario: The Input Is An Array Of The Event
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: schedule-one
      version: '1.0.0'
    schedule:
      on:
        one:
          with:
            type: example.schedule.one
    do:
      - keep:
          set:
            type: ${ $workflow.input[0].type }
            n: ${ .[0].data.n }
            count: ${ length }
    """
    When an event is published:
    """yaml
    type: example.schedule.one
    data: { n: 5 }
    """
    And the schedule executes the workflow
    Then the workflow should complete with output:
    """yaml
    type: example.schedule.one
    n: 5
    count: 1
    """
    And the workflow should have been executed 1 time

  Scenario: Any Of Several Events Starts A Run
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: schedule-any
      version: '1.0.0'
    schedule:
      on:
        any:
          - with:
              type: example.schedule.any.a
          - with:
              type: example.schedule.any.b
              data: ${ . > 1 }
    do:
      - keep:
          set:
            n: ${ .[0].data }
    """
    When an event is published:
    """yaml
    type: example.schedule.any.b
    data: 1
    """
    And an event is published:
    """yaml
    type: example.schedule.any.b
    data: 2
    """
    And an event is published:
    """yaml
    type: example.schedule.any.a
    data: 3
    """
    Then the workflow should have been executed 2 times

  Scenario: All Events Together Start A Run
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: schedule-all
      version: '1.0.0'
    schedule:
      on:
        all:
          - with:
              type: example.schedule.left
            correlate:
              pair:
                from: .data.pair
          - with:
              type: example.schedule.right
            correlate:
              pair:
                from: .data.pair
    do:
      - keep:
          set:
            pair: ${ map(.data.pair) }
    """
    When an event is published:
    """yaml
    type: example.schedule.left
    data: { pair: 1 }
    """
    And an event is published:
    """yaml
    type: example.schedule.left
    data: { pair: 2 }
    """
    And an event is published:
    """yaml
    type: example.schedule.right
    data: { pair: 3 }
    """
    And an event is published:
    """yaml
    type: example.schedule.right
    data: { pair: 2 }
    """
    And the schedule executes the workflow
    Then the workflow should complete with output:
    """yaml
    pair: [2, 2]
    """
    And the workflow should have been executed 1 time

  Scenario: The Same Event Starts One Run
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: schedule-once
      version: '1.0.0'
    schedule:
      on:
        one:
          with:
            type: example.schedule.once
    do:
      - keep:
          set:
            done: true
    """
    When an event is published:
    """yaml
    id: once-1
    type: example.schedule.once
    """
    And an event is published:
    """yaml
    id: once-1
    type: example.schedule.once
    """
    And the schedule executes the workflow
    Then the workflow should complete with output:
    """yaml
    done: true
    """
    And the workflow should have been executed 1 time
