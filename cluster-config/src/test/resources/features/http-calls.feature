Feature: HTTP Calls
  As an author of workflows
  I want HTTP calls to send what I wrote and to give me what came back
  So that a workflow can use any service

  # Tests simple expansion: encoding, numbers and booleans
  Scenario: Template Values Are Encoded
    Given the service 'https://shop.example' answers:
    """yaml
    - { path: /items/a%2Fb%20c/7, query: { open: 'true' }, body: { found: true } }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: template-encoded
      version: '1.0.0'
    do:
      - find:
          call: http
          with:
            method: get
            endpoint: https://shop.example/items/{name}/{number}?open={open}
    """
    And given the workflow input is:
    """yaml
    name: a/b c
    number: 7
    open: true
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    found: true
    """

  # Tests that a missing value and null give an empty string
  Scenario: A Template Variable Without A Value Is Empty
    Given the service 'https://shop.example' answers:
    """yaml
    - { path: /items//end/, body: { found: true } }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: template-empty
      version: '1.0.0'
    do:
      - find:
          call: http
          with:
            method: get
            endpoint: https://shop.example/items/{missing}/end/{nothing}
    """
    And given the workflow input is:
    """yaml
    nothing: null
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    found: true
    """

  # Tests the type and status of the error, and where it points
  Scenario: A Template Variable That Is An Object Is An Expression Error
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: template-object
      version: '1.0.0'
    do:
      - find:
          call: http
          with:
            method: get
            endpoint: https://shop.example/items/{item}
    """
    And given the workflow input is:
    """yaml
    item: { id: 1 }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/expression
    status: 400
    instance: /do/0/find
    """

  # Tests expressions in query and headers, added to the query of the address
  Scenario: Query And Headers Are Evaluated
    Given the service 'https://shop.example' answers:
    """yaml
    - { path: /items, query: { page: '2', q: 'red & blue', sort: up }, headers: { x-trace: run-9 }, body: [ 1, 2 ] }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: query-and-headers
      version: '1.0.0'
    do:
      - list:
          call: http
          with:
            method: get
            endpoint: https://shop.example/items?sort=up
            query:
              page: ${ .page | tostring }
              q: red & blue
            headers:
              X-Trace: ${ "run-" + .trace }
    """
    And given the workflow input is:
    """yaml
    page: 2
    trace: '9'
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    - 1
    - 2
    """

  # Tests expressions in place of the maps
  Scenario: Query And Headers As A Whole From Expressions
    Given the service 'https://shop.example' answers:
    """yaml
    - { path: /items, query: { a: '1', b: x }, headers: { x-one: '1' }, body: { ok: true } }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: query-whole
      version: '1.0.0'
    do:
      - list:
          call: http
          with:
            method: get
            endpoint: ${ "https://shop.example/" + .where }
            query: ${ .query }
            headers: '${ { "X-One": "1" } }'
    """
    And given the workflow input is:
    """yaml
    where: items
    query: { a: 1, b: x }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    ok: true
    """

  # Tests the body of a POST
  Scenario: A Body Is Sent As JSON
    Given the service 'https://shop.example' answers:
    """yaml
    - { method: post, path: /orders, headers: { content-type: application/json }, request: { item: 7, tags: [ a, b ] }, status: 201, body: { id: 1 } }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: body-json
      version: '1.0.0'
    do:
      - order:
          call: http
          with:
            method: post
            endpoint: https://shop.example/orders
            body:
              item: ${ .item }
              tags: [ a, b ]
    """
    And given the workflow input is:
    """yaml
    item: 7
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    id: 1
    """

  # Tests a body by its content type
  Scenario: A Body Is Sent As A Form
    Given the service 'https://shop.example' answers:
    """yaml
    - { method: post, path: /orders, form: { item: 'a b', count: '2' }, body: { id: 2 } }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: body-form
      version: '1.0.0'
    do:
      - order:
          call: http
          with:
            method: post
            endpoint: https://shop.example/orders
            headers:
              Content-Type: application/x-www-form-urlencoded
            body:
              item: a b
              count: 2
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    id: 2
    """

  # Tests `raw`
  Scenario: Raw Output Is Base64
    Given the service 'https://shop.example' answers:
    """yaml
    - { path: /label, body: 'hello, label' }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: raw
      version: '1.0.0'
    do:
      - fetch:
          call: http
          with:
            method: get
            endpoint: https://shop.example/label
            output: raw
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    aGVsbG8sIGxhYmVs
    """

  # Tests `response`
  Scenario: Response Output Shows Request And Response
    Given the service 'https://shop.example' answers:
    """yaml
    - { method: put, path: /items/1, status: 202, body: { id: 1 }, answerHeaders: { X-Kind: toy } }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: response
      version: '1.0.0'
    do:
      - store:
          call: http
          with:
            method: put
            endpoint: https://shop.example/items/1
            body: { name: ball }
            output: response
          output:
            as: '{ method: .request.method, status: .statusCode, kind: .headers["x-kind"], id: .content.id }'
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    method: PUT
    status: 202
    kind: toy
    id: 1
    """

  # Tests `content` with another content type
  Scenario: Content That Is No JSON Is Text
    Given the service 'https://shop.example' answers:
    """yaml
    - { path: /hello, body: 'hello there' }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: text
      version: '1.0.0'
    do:
      - greet:
          call: http
          with:
            method: get
            endpoint: https://shop.example/hello
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    hello there
    """

  # Tests `redirect: false`
  Scenario: A Redirect Is An Error By Default
    Given the service 'https://shop.example' answers:
    """yaml
    - { path: /old, status: 302, answerHeaders: { Location: /new } }
    - { path: /new, body: { moved: true } }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: redirect-refused
      version: '1.0.0'
    do:
      - fetch:
          call: http
          with:
            method: get
            endpoint: https://shop.example/old
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/communication
    status: 302
    instance: /do/0/fetch
    """
    And the service 'https://shop.example' should have received 1 request

  # Tests `redirect: true`
  Scenario: A Redirect Is Followed When Asked For
    Given the service 'https://shop.example' answers:
    """yaml
    - { path: /old, status: 302, answerHeaders: { Location: /new } }
    - { path: /new, body: { moved: true } }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: redirect-followed
      version: '1.0.0'
    do:
      - fetch:
          call: http
          with:
            method: get
            endpoint: https://shop.example/old
            redirect: true
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    moved: true
    """

  # Tests that statuses up to 399 are accepted
  Scenario: A 304 Is No Error When Redirects Are Accepted
    Given the service 'https://shop.example' answers:
    """yaml
    - { path: /same, status: 304 }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: not-modified
      version: '1.0.0'
    do:
      - fetch:
          call: http
          with:
            method: get
            endpoint: https://shop.example/same
            redirect: true
            output: response
          output:
            as: .statusCode
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    304
    """

  # Tests the bound on redirects
  Scenario: Redirects Without End Are An Error
    Given the service 'https://shop.example' answers:
    """yaml
    - { path: /round, status: 307, answerHeaders: { Location: /round } }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: redirect-endless
      version: '1.0.0'
    do:
      - fetch:
          call: http
          with:
            method: get
            endpoint: https://shop.example/round
            redirect: true
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/communication
    status: 508
    """

  # Tests authorization, and communication with the status of the service
  Scenario: Statuses Become Standard Errors
    Given the service 'https://shop.example' answers:
    """yaml
    - { path: /mine, status: 403, body: { message: not yours } }
    - { path: /busy, status: 503, body: {} }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: errors
      version: '1.0.0'
    do:
      - first:
          try:
            - mine:
                call: http
                with: { method: get, endpoint: https://shop.example/mine }
          catch:
            errors:
              with: { type: https://serverlessworkflow.io/spec/1.0.0/errors/authorization, status: 403 }
            do:
              - note:
                  set: { first: authorization }
      - second:
          try:
            - busy:
                call: http
                with: { method: delete, endpoint: https://shop.example/busy }
          catch:
            as: failure
            errors:
              with: { type: https://serverlessworkflow.io/spec/1.0.0/errors/communication }
            do:
              - noteToo:
                  set: { second: '${ $failure.status }' }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    second: 503
    """

  # Tests Retry-After against a shorter delay
  Scenario: A Retry Waits As Long As The Service Asks
    Given the service 'https://shop.example' answers:
    """yaml
    - { path: /busy, status: 429, body: {}, answerHeaders: { Retry-After: '1' }, times: 1 }
    - { path: /busy, body: { ok: true } }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: retry-after
      version: '1.0.0'
    do:
      - patient:
          try:
            - busy:
                call: http
                with: { method: get, endpoint: https://shop.example/busy }
          catch:
            errors:
              with: { status: 429 }
            retry:
              delay: { milliseconds: 10 }
              limit: { attempt: { count: 2 } }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    ok: true
    """
    And the workflow should take at least 1000 milliseconds

  # Tests refusal at deployment
  Scenario: Calls Of gRPC Are Refused With A Reason
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: grpc
      version: '1.0.0'
    do:
      - greet:
          call: grpc
          with:
            proto: { endpoint: https://shop.example/greet.proto }
            service: { name: Greeter, host: shop.example }
            method: SayHello
    """
    Then the workflow should be refused at '/do/0/greet/call' because of 'HTTP interface'

  # Tests refusal at deployment
  Scenario: Calls Of AsyncAPI Are Refused With A Reason
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: asyncapi
      version: '1.0.0'
    do:
      - tell:
          call: asyncapi
          with:
            document: { endpoint: https://shop.example/async.json }
            operation: tell
            message: { payload: { a: 1 } }
    """
    Then the workflow should be refused at '/do/0/tell/call' because of 'CloudEvents'
