Feature: Listen Task With Foreach
  As an implementer of the workflow DSL
  I want each consumed event to pass through tasks of its own, one after the other
  So that my implementation conforms to the expected behavior

  Scenario: Each Event Passes Through The Tasks
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: foreach-tasks
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              any:
                - with:
                    type: example.foreach.tasks
              until: ( . | length ) == 2
          foreach:
            item: event
            at: i
            do:
              - double:
                  set:
                    n: ${ $event.n * 2 }
                    at: ${ $i }
    """
    When the workflow is executed
    And the workflow receives an event:
    """yaml
    type: example.foreach.tasks
    data: { n: 1 }
    """
    And the workflow receives an event:
    """yaml
    type: example.foreach.tasks
    data: { n: 2 }
    """
    Then the workflow should complete with output:
    """yaml
    - { n: 2, at: 0 }
    - { n: 4, at: 1 }
    """
    And double should run 2 times

  Scenario: The Default Variables Are Item And Index
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: foreach-defaults
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              all:
                - with:
                    type: example.foreach.a
                - with:
                    type: example.foreach.b
          foreach:
            do:
              - keep:
                  set:
                    item: ${ $item }
                    index: ${ $index }
    """
    When the workflow is executed
    And the workflow receives an event:
    """yaml
    type: example.foreach.b
    data: x
    """
    And the workflow receives an event:
    """yaml
    type: example.foreach.a
    data: y
    """
    Then the workflow should complete with output:
    """yaml
    - { item: x, index: 0 }
    - { item: y, index: 1 }
    """

  Scenario: Output And Export Are Applied To Each Event
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: foreach-output
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              any:
                - with:
                    type: example.foreach.summed
              until: $context.sum >= 5
          foreach:
            do:
              - square:
                  set:
                    n: ${ . * . }
            output:
              as: .n
            export:
              as: '{ sum: (($context.sum // 0) + .) }'
      - tell:
          set:
            squares: ${ . }
            sum: ${ $context.sum }
    """
    When the workflow is executed
    And the workflow receives an event:
    """yaml
    type: example.foreach.summed
    data: 1
    """
    And the workflow receives an event:
    """yaml
    type: example.foreach.summed
    data: 2
    """
    Then the workflow should complete with output:
    """yaml
    squares: [1, 4]
    sum: 5
    """

  Scenario: An Event Is Processed Only When The One Before Is Done
    Given the service 'https://slow.example' answers:
    """yaml
    - { method: post, path: /first, delay: PT1S, body: { r: first } }
    - { method: post, path: /second, body: { r: second } }
    """
    And given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: foreach-order
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              any:
                - with:
                    type: example.foreach.ordered
              until:
                one:
                  with:
                    type: example.foreach.stop
          foreach:
            item: event
            do:
              - send:
                  call: http
                  with:
                    method: post
                    endpoint: ${ "https://slow.example/\($event.path)" }
    """
    When the workflow is executed
    And the workflow receives an event:
    """yaml
    type: example.foreach.ordered
    data: { path: first }
    """
    And an event is published:
    """yaml
    type: example.foreach.ordered
    data: { path: second }
    """
    And an event is published:
    """yaml
    type: example.foreach.stop
    """
    Then the workflow should complete with output:
    """yaml
    - r: first
    - r: second
    """

  Scenario: A Fault In One Event Faults The Task
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: foreach-fault
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              any:
                - with:
                    type: example.foreach.faulty
              until: ${ false }
          foreach:
            do:
              - fail:
                  if: ${ . == 2 }
                  raise:
                    error:
                      type: https://example.com/errors/two
                      status: 400
    """
    When the workflow is executed
    And the workflow receives an event:
    """yaml
    type: example.foreach.faulty
    data: 1
    """
    And the workflow receives an event:
    """yaml
    type: example.foreach.faulty
    data: 2
    """
    Then the workflow should fault with error:
    """yaml
    type: https://example.com/errors/two
    status: 400
    instance: /do/0/hear/foreach/do/0/fail
    """

  Scenario: Exit Ends The Listening
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: foreach-exit
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              any:
                - with:
                    type: example.foreach.exit
              until: ${ false }
          foreach:
            do:
              - look:
                  switch:
                    - enough:
                        when: . == "enough"
                        then: exit
                    - more:
                        then: continue
              - upper:
                  set: ${ ascii_upcase }
    """
    When the workflow is executed
    And the workflow receives an event:
    """yaml
    type: example.foreach.exit
    data: more
    """
    And the workflow receives an event:
    """yaml
    type: example.foreach.exit
    data: enough
    """
    Then the workflow should complete with output:
    """yaml
    [MORE, enough]
    """
