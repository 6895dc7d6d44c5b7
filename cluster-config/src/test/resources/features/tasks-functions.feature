Feature: Functions of a workflow's own
  As an author of workflows
  I want to declare a task once and call it by name
  So that I need not write it out again

  # Tests that a function is called with its arguments as its input
  Scenario: A Function Sees Its Arguments
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: function, version: '1.0.0' }
    use:
      functions:
        double:
          set:
            n: ${ .n * 2 }
    do:
      - first: { call: double, with: { n: '${ .start }' } }
      - second: { call: double, with: { n: '${ .n }' } }
    """
    And given the workflow input is:
    """yaml
    start: 5
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 20
    """

  # Tests that a function without arguments sees the input of the task that calls it
  Scenario: Without Arguments A Function Sees The Input Of Its Task
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: function-input, version: '1.0.0' }
    use:
      functions:
        greet:
          set:
            text: ${ "Hello, " + .name }
    do:
      - greeting:
          input: { from: '${ { name: .user.name } }' }
          call: greet
          output: { as: '${ .text }' }
    """
    And given the workflow input is:
    """yaml
    user: { name: Ada }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    Hello, Ada
    """

  # Tests a function that reaches outside, called twice
  Scenario: A Function That Calls A Service
    Given the service 'https://orders.example' answers:
    """yaml
    - { path: /orders/7, body: { id: 7 } }
    - { path: /orders/8, body: { id: 8 } }
    """
    And given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: function-http, version: '1.0.0' }
    use:
      functions:
        getOrder:
          call: http
          with: { method: get, endpoint: 'https://orders.example/orders/{id}' }
    do:
      - first: { call: getOrder, with: { id: 7 }, export: { as: '${ { first: .id } }' } }
      - second: { call: getOrder, with: { id: 8 }, output: { as: '${ { first: $context.first, second: .id } }' } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    first: 7
    second: 8
    """
    And the service 'https://orders.example' should have received 2 requests

  # Tests a function of several tasks that calls another function
  Scenario: Functions Call Functions
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: function-nested, version: '1.0.0' }
    use:
      functions:
        increment: { set: { n: '${ .n + 1 }' } }
        twice:
          do:
            - one: { call: increment, with: { n: '${ .n }' } }
            - two: { call: increment, with: { n: '${ .n }' } }
    do:
      - run: { call: twice, with: { n: 40 } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    n: 42
    """

  # Tests that the error of a function can be caught where it is called
  Scenario: The Error Of A Function Is Caught Around Its Call
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: function-error, version: '1.0.0' }
    use:
      functions:
        refuse: { raise: { error: { type: 'https://example.com/refused', status: 403, title: Refused } } }
    do:
      - guarded:
          try:
            - ask: { call: refuse }
          catch:
            errors: { with: { type: 'https://example.com/refused' } }
            as: problem
            do:
              - told: { set: { status: '${ $problem.status }' } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    status: 403
    """

  # Tests that a function shapes its own input and output
  Scenario: A Function Shapes Its Input And Output
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: function-shaped, version: '1.0.0' }
    use:
      functions:
        total:
          input: { from: '${ .items | map(.price) }' }
          set: { sum: '${ add }' }
          output: { as: '${ .sum }' }
    do:
      - cart: { call: total, with: { items: [ { price: 3 }, { price: 4 } ] } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    7
    """

  # Tests that a function that is not there is refused
  Scenario: A Function That Is Not There Is Refused
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: function-missing, version: '1.0.0' }
    do:
      - ask: { call: nothing }
    """
    Then the workflow should be refused at '/do/0/ask/call' because of 'there is no function'

  # Tests that functions may not call themselves
  Scenario: A Function That Calls Itself Is Refused
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: function-circle, version: '1.0.0' }
    use:
      functions:
        again: { do: [ { more: { call: again } } ] }
    do:
      - ask: { call: again }
    """
    Then the workflow should be refused at '/use/functions/again/do/0/more/call' because of 'calls itself'

  # Tests that catalogs are asked only where an operator allows it
  Scenario: A Catalog That Is Not Allowed Is Refused
    Given a workflow with definition:
    """yaml
    document: { dsl: '1.0.3', namespace: default, name: catalog-refused, version: '1.0.0' }
    use:
      catalogs:
        foreign: { endpoint: 'https://catalog.example/' }
    do:
      - ask: { call: 'greet:1.0.0@foreign' }
    """
    Then the workflow should be refused at '/do/0/ask/call' because of 'operator allows'
