Feature: Event Filters And Correlation
  As an implementer of the workflow DSL
  I want only the events that a filter describes to be consumed
  So that my implementation conforms to the expected behavior

  Scenario: A Regular Expression Takes The Whole Attribute
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: filter-regex
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              one:
                with:
                  type: example\.filter\.(red|green)
    """
    When the workflow is executed
    And an event is published:
    """yaml
    type: example.filter.redder
    data: 1
    """
    And an event is published:
    """yaml
    type: an.example.filter.red
    data: 2
    """
    And the workflow receives an event:
    """yaml
    type: example.filter.green
    data: 3
    """
    Then the workflow should complete with output:
    """yaml
    [3]
    """

  Scenario: Every Attribute And Extension Can Be Asked For
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: filter-attributes
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              one:
                with:
                  type: example.filter.attributes
                  source: https://shop.example
                  subject: orders/7
                  datacontenttype: application/json
                  tenant: acme
    """
    When the workflow is executed
    And an event is published:
    """yaml
    type: example.filter.attributes
    source: https://shop.example
    subject: orders/7
    datacontenttype: application/json
    data: 1
    """
    And an event is published:
    """yaml
    type: example.filter.attributes
    source: https://other.example
    subject: orders/7
    datacontenttype: application/json
    tenant: acme
    data: 2
    """
    And the workflow receives an event:
    """yaml
    type: example.filter.attributes
    source: https://shop.example
    subject: orders/7
    datacontenttype: application/json
    tenant: acme
    data: 3
    """
    Then the workflow should complete with output:
    """yaml
    [3]
    """

  Scenario: An Expression Takes An Attribute From The Input
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: filter-input
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              one:
                with:
                  type: example.filter.input
                  subject: ${ .order }
    """
    And given the workflow input is:
    """yaml
    order: o-1
    """
    When the workflow is executed
    And an event is published:
    """yaml
    type: example.filter.input
    subject: o-2
    data: 1
    """
    And the workflow receives an event:
    """yaml
    type: example.filter.input
    subject: o-1
    data: 2
    """
    Then the workflow should complete with output:
    """yaml
    [2]
    """

  Scenario: A Condition On The Data Sees The Input Of The Task
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: filter-variables
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              one:
                with:
                  type: example.filter.variables
                  data: ${ .amount >= $input.least }
    """
    And given the workflow input is:
    """yaml
    least: 10
    """
    When the workflow is executed
    And an event is published:
    """yaml
    type: example.filter.variables
    data: { amount: 9 }
    """
    And the workflow receives an event:
    """yaml
    type: example.filter.variables
    data: { amount: 10 }
    """
    Then the workflow should complete with output:
    """yaml
    - amount: 10
    """

  Scenario: Executions Get The Events They Correlate With
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: correlate-expect
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              one:
                with:
                  type: example.correlate.paid
                correlate:
                  order:
                    from: .data.order
                    expect: ${ .order }
    """
    And given the workflow input is:
    """yaml
    order: 1
    """
    When the workflow is executed as 'one'
    And the workflow waits for an event
    And given the workflow input is:
    """yaml
    order: 2
    """
    And the workflow is executed as 'two'
    And the workflow receives an event:
    """yaml
    type: example.correlate.paid
    data: { order: 2 }
    """
    Then the workflow should complete with output:
    """yaml
    - order: 2
    """
    When execution 'one' is looked at
    Then the workflow should be waiting
    And the workflow receives an event:
    """yaml
    type: example.correlate.paid
    data: { order: 1 }
    """
    Then the workflow should complete with output:
    """yaml
    - order: 1
    """

  Scenario: A Constant Can Be Expected
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: correlate-constant
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              one:
                with:
                  type: example.correlate.constant
                correlate:
                  room:
                    from: .room
                    expect: blue
    """
    When the workflow is executed
    And an event is published:
    """yaml
    type: example.correlate.constant
    room: red
    data: 1
    """
    And an event is published:
    """yaml
    type: example.correlate.constant
    data: 2
    """
    And the workflow receives an event:
    """yaml
    type: example.correlate.constant
    room: blue
    data: 3
    """
    Then the workflow should complete with output:
    """yaml
    [3]
    """

  Scenario: The First Event Says What The Others Correlate With
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: correlate-learnt
      version: '1.0.0'
    do:
      - hear:
          listen:
            to:
              all:
                - with:
                    type: example.correlate.temperature
                  correlate:
                    room:
                      from: .data.room
                - with:
                    type: example.correlate.humidity
                  correlate:
                    room:
                      from: .data.room
          output:
            as: map(.v)
    """
    When the workflow is executed
    And the workflow receives an event:
    """yaml
    type: example.correlate.humidity
    data: { room: attic, v: 60 }
    """
    And an event is published:
    """yaml
    type: example.correlate.temperature
    data: { room: cellar, v: 9 }
    """
    And the workflow receives an event:
    """yaml
    type: example.correlate.temperature
    data: { room: attic, v: 21 }
    """
    Then the workflow should complete with output:
    """yaml
    [60, 21]
    """
