Feature: Listen Task
  As an implementer of the workflow DSL
  I want events to be consumed by every strategy the DSL has
  So that my implementation conforms to the expected behavior

  # Tests that the output is an array, also of a single event
  Scenario: One Event Gives An Array Of Its Data
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: listen-one
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              one:
                with:
                  type: example.listen.one
    """
    When the workflow is executed
    And an event is published:
    """yaml
    type: example.listen.other
    data: { n: 1 }
    """
    And the workflow receives an event:
    """yaml
    type: example.listen.one
    data: { n: 2 }
    """
    Then the workflow should complete with output:
    """yaml
    - n: 2
    """

  Scenario: Any Of Several Events Is Enough
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: listen-any
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              any:
                - with:
                    type: example.listen.any.temperature
                    data: ${ .temperature > 38 }
                - with:
                    type: example.listen.any.bpm
                    data: ${ .bpm < 60 or .bpm > 100 }
    """
    When the workflow is executed
    And an event is published:
    """yaml
    type: example.listen.any.temperature
    data: { temperature: 37 }
    """
    And an event is published:
    """yaml
    type: example.listen.any.bpm
    data: { bpm: 80 }
    """
    And the workflow receives an event:
    """yaml
    type: example.listen.any.bpm
    data: { bpm: 120 }
    """
    Then the workflow should complete with output:
    """yaml
    - bpm: 120
    """

  Scenario: All Events Are Awaited, In Whatever Order They Come
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: listen-all
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              all:
                - with:
                    type: example.listen.all.first
                - with:
                    type: example.listen.all.second
      - tell:
          set:
            heard: ${ . }
    """
    When the workflow is executed
    And the workflow receives an event:
    """yaml
    type: example.listen.all.second
    data: 2
    """
    Then the workflow should be waiting
    And an event is published:
    """yaml
    type: example.listen.all.second
    data: 3
    """
    And the workflow receives an event:
    """yaml
    type: example.listen.all.first
    data: 1
    """
    Then the workflow should complete with output:
    """yaml
    heard: [2, 1]
    """

  # Tests that the condition sees the array of what was consumed
  Scenario: Listening Until A Condition Holds
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: listen-until-condition
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              any:
                - with:
                    type: example.listen.counted
              until: ( . | length ) >= 3
    """
    When the workflow is executed
    And the workflow receives an event:
    """yaml
    type: example.listen.counted
    data: 1
    """
    And the workflow receives an event:
    """yaml
    type: example.listen.counted
    data: 2
    """
    And the workflow receives an event:
    """yaml
    type: example.listen.counted
    data: 3
    """
    Then the workflow should complete with output:
    """yaml
    [1, 2, 3]
    """

  # Tests that events consumed by until are no part of the output
  Scenario: Listening Until An Event Was Consumed
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: listen-until-event
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              any:
                - with:
                    type: example.listen.vitals
              until:
                one:
                  with:
                    type: example.listen.checked-out
    """
    When the workflow is executed
    And the workflow receives an event:
    """yaml
    type: example.listen.vitals
    data: 1
    """
    And the workflow receives an event:
    """yaml
    type: example.listen.vitals
    data: 2
    """
    And the workflow receives an event:
    """yaml
    type: example.listen.checked-out
    data: 9
    """
    Then the workflow should complete with output:
    """yaml
    [1, 2]
    """

  Scenario: Listening Until Several Events Were Consumed
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: listen-until-all
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              any:
                - with:
                    type: example.listen.step
              until:
                all:
                  - with:
                      type: example.listen.left
                  - with:
                      type: example.listen.right
    """
    When the workflow is executed
    And the workflow receives an event:
    """yaml
    type: example.listen.right
    """
    And the workflow receives an event:
    """yaml
    type: example.listen.step
    data: 1
    """
    And the workflow receives an event:
    """yaml
    type: example.listen.left
    """
    Then the workflow should complete with output:
    """yaml
    [1]
    """

  Scenario: Listening For Ever Ends With The Timeout
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: listen-forever
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              any:
                - with:
                    type: example.listen.forever
              until: ${ false }
          timeout:
            after:
              seconds: 3
    """
    When the workflow is executed
    And the workflow receives an event:
    """yaml
    type: example.listen.forever
    data: 1
    """
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/timeout
    status: 408
    instance: /do/0/hear
    """

  Scenario: Events Are Read As Envelopes
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: listen-envelope
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              one:
                with:
                  type: example.listen.envelope
            read: envelope
          output:
            as: '${ .[0] | { id, source, type, subject, team, data } }'
    """
    When the workflow is executed
    And the workflow receives an event:
    """yaml
    id: e-1
    source: https://sender.example
    type: example.listen.envelope
    subject: s
    team: red
    data: { n: 1 }
    """
    Then the workflow should complete with output:
    """yaml
    id: e-1
    source: https://sender.example
    type: example.listen.envelope
    subject: s
    team: red
    data: { n: 1 }
    """

  Scenario: Events Are Read Raw
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: listen-raw
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              one:
                with:
                  type: example.listen.raw
            read: raw
    """
    When the workflow is executed
    And the workflow receives an event:
    """yaml
    type: example.listen.raw
    data: { n: 1 }
    """
    Then the workflow should complete with output:
    """yaml
    - '{"n":1}'
    """

  Scenario: An Event That Came Before Nobody Listened Is Not Consumed
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: listen-before
      version: '1.0.0'
    do:
      - pause:
          listen:
            to:
              one:
                with:
                  type: example.listen.before.go
      - hear:
          listen:
            to:
              one:
                with:
                  type: example.listen.before
    """
    When the workflow is executed
    And an event is published:
    """yaml
    type: example.listen.before
    data: early
    """
    And the workflow receives an event:
    """yaml
    type: example.listen.before.go
    """
    And the workflow receives an event:
    """yaml
    type: example.listen.before
    data: in time
    """
    Then the workflow should complete with output:
    """yaml
    [in time]
    """

  Scenario: An Error While Listening In A Try Is Caught
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: listen-caught
      version: '1.0.0'
    do:
      - careful:
          try:
            - hear:
                listen:
                  to:
                    one:
                      with:
                        type: example.listen.never
                timeout:
                  after:
                    milliseconds: 200
          catch:
            errors:
              with:
                status: 408
            do:
              - note:
                  set:
                    late: true
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    late: true
    """

  Scenario: A Suspended Workflow Keeps The Events That Come
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: listen-suspended
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              one:
                with:
                  type: example.listen.suspended
    """
    When the workflow is executed
    And the workflow waits for an event
    And the workflow is suspended
    And an event is published:
    """yaml
    type: example.listen.suspended
    data: 1
    """
    Then the workflow should be suspended
    When the workflow is resumed
    Then the workflow should complete with output:
    """yaml
    [1]
    """

  Scenario: Listening Without A Strategy Is Refused
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: listen-nothing
      version: '1.0.0'
    do:
      - hear:
          listen:
            to: {}
    """
    Then the workflow should be refused at '/do/0/hear/listen/to'
