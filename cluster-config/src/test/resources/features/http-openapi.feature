Feature: OpenAPI Calls
  As an author of workflows
  I want to call operations by their name
  So that the document says how, and not I

  # Tests base path, path and list parameters
  Scenario: A Document Of Version 2.0
    Given the service 'https://pets.example' answers:
    """yaml
    - path: /docs/api
      body:
        swagger: '2.0'
        basePath: /v2
        schemes: [ http, https ]
        paths:
          /pets/{id}:
            get:
              operationId: getPet
              parameters:
                - { name: id, in: path, required: true, type: integer }
                - { name: tags, in: query, type: array, items: { type: string }, collectionFormat: csv }
            put:
              operationId: putPet
              parameters:
                - { name: id, in: path, required: true, type: integer }
                - name: pet
                  in: body
                  required: true
                  schema: { type: object, required: [ name ], properties: { name: { type: string } } }
    - { path: /v2/pets/7, query: { tags: 'a,b' }, body: { id: 7 } }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: openapi-two
      version: '1.0.0'
    do:
      - get:
          call: openapi
          with:
            document:
              endpoint: https://pets.example/docs/api
            operationId: getPet
            parameters:
              id: '7'
              tags: [ a, b ]
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    id: 7
    """

  # Tests a body parameter
  Scenario: A Body In A Document Of Version 2.0
    Given the service 'https://pets.example' answers:
    """yaml
    - path: /docs/api
      body:
        swagger: '2.0'
        basePath: /v2
        schemes: [ http, https ]
        paths:
          /pets/{id}:
            get:
              operationId: getPet
              parameters:
                - { name: id, in: path, required: true, type: integer }
                - { name: tags, in: query, type: array, items: { type: string }, collectionFormat: csv }
            put:
              operationId: putPet
              parameters:
                - { name: id, in: path, required: true, type: integer }
                - name: pet
                  in: body
                  required: true
                  schema: { type: object, required: [ name ], properties: { name: { type: string } } }
    - { method: put, path: /v2/pets/7, request: { name: Rex }, body: { stored: true } }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: openapi-two-body
      version: '1.0.0'
    do:
      - put:
          call: openapi
          with:
            document:
              endpoint: https://pets.example/docs/api
            operationId: putPet
            parameters:
              id: 7
              pet: { name: '${ .name }' }
    """
    And given the workflow input is:
    """yaml
    name: Rex
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    stored: true
    """

  # Tests server variables, header, cookie and body
  Scenario: A Document Of Version 3.0 In YAML
    Given the service 'https://pets.example' answers:
    """yaml
    - path: /docs/api
      body: |
        openapi: 3.0.3
        servers:
          - url: '/{stage}/api'
            variables: { stage: { default: live } }
        paths:
          /pets:
            post:
              operationId: addPet
              parameters:
                - { name: X-Trace, in: header, schema: { type: string, maxLength: 8 } }
                - { name: session, in: cookie, schema: { type: string } }
              requestBody:
                required: true
                content:
                  application/json:
                    schema: { $ref: '#/components/schemas/Pet' }
        components:
          schemas:
            Pet:
              type: object
              required: [ name ]
              properties:
                name: { type: string }
                age: { type: integer, nullable: true }
    - { method: post, path: /live/api/pets, headers: { x-trace: abc, cookie: session=s1 }, request: { name: Rex, age: null }, body: { id: 1 } }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: openapi-three
      version: '1.0.0'
    do:
      - add:
          call: openapi
          with:
            document:
              endpoint: https://pets.example/docs/api
            operationId: addPet
            parameters:
              X-Trace: abc
              session: s1
              body: { name: Rex, age: null }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    id: 1
    """

  # Tests parameters that make up the body
  Scenario: What No Parameter Takes Is The Body
    Given the service 'https://pets.example' answers:
    """yaml
    - path: /docs/api
      body: |
        openapi: 3.0.3
        servers:
          - url: '/{stage}/api'
            variables: { stage: { default: live } }
        paths:
          /pets:
            post:
              operationId: addPet
              parameters:
                - { name: X-Trace, in: header, schema: { type: string, maxLength: 8 } }
                - { name: session, in: cookie, schema: { type: string } }
              requestBody:
                required: true
                content:
                  application/json:
                    schema: { $ref: '#/components/schemas/Pet' }
        components:
          schemas:
            Pet:
              type: object
              required: [ name ]
              properties:
                name: { type: string }
                age: { type: integer, nullable: true }
    - { method: post, path: /live/api/pets, request: { name: Rex, age: 3 }, body: { id: 2 } }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: openapi-three-rest
      version: '1.0.0'
    do:
      - add:
          call: openapi
          with:
            document:
              endpoint: https://pets.example/docs/api
            operationId: addPet
            parameters:
              name: Rex
              age: 3
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    id: 2
    """

  # Tests its own schemas, and a server relative to the document
  Scenario: A Document Of Version 3.1
    Given the service 'https://pets.example' answers:
    """yaml
    - path: /docs/api
      body:
        openapi: 3.1.0
        servers: [ { url: ../v3 } ]
        paths:
          /count:
            get:
              operationId: count
              parameters:
                - { name: kind, in: query, schema: { type: [ string, 'null' ], enum: [ cat, dog, null ] } }
    - { path: /v3/count, query: { kind: cat }, body: 12 }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: openapi-three-one
      version: '1.0.0'
    do:
      - count:
          call: openapi
          with:
            document:
              endpoint: https://pets.example/docs/api
            operationId: count
            parameters:
              kind: cat
            output: response
          output:
            as: '{ status: .statusCode, count: .content }'
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    status: 200
    count: 12
    """

  # Tests that nothing is sent
  Scenario: Wrong Parameters Are A Validation Error
    Given the service 'https://pets.example' answers:
    """yaml
    - path: /docs/api
      body: |
        openapi: 3.0.3
        servers:
          - url: '/{stage}/api'
            variables: { stage: { default: live } }
        paths:
          /pets:
            post:
              operationId: addPet
              parameters:
                - { name: X-Trace, in: header, schema: { type: string, maxLength: 8 } }
                - { name: session, in: cookie, schema: { type: string } }
              requestBody:
                required: true
                content:
                  application/json:
                    schema: { $ref: '#/components/schemas/Pet' }
        components:
          schemas:
            Pet:
              type: object
              required: [ name ]
              properties:
                name: { type: string }
                age: { type: integer, nullable: true }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: openapi-wrong
      version: '1.0.0'
    do:
      - add:
          call: openapi
          with:
            document:
              endpoint: https://pets.example/docs/api
            operationId: addPet
            parameters:
              X-Trace: much too long
              body: { age: old }
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/validation
    status: 400
    instance: /do/0/add
    """
    And the service 'https://pets.example' should have received 1 request

  # Tests the status
  Scenario: An Operation That Is Not There Is A Validation Error
    Given the service 'https://pets.example' answers:
    """yaml
    - path: /docs/api
      body: |
        openapi: 3.0.3
        servers:
          - url: '/{stage}/api'
            variables: { stage: { default: live } }
        paths:
          /pets:
            post:
              operationId: addPet
              parameters:
                - { name: X-Trace, in: header, schema: { type: string, maxLength: 8 } }
                - { name: session, in: cookie, schema: { type: string } }
              requestBody:
                required: true
                content:
                  application/json:
                    schema: { $ref: '#/components/schemas/Pet' }
        components:
          schemas:
            Pet:
              type: object
              required: [ name ]
              properties:
                name: { type: string }
                age: { type: integer, nullable: true }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: openapi-unknown
      version: '1.0.0'
    do:
      - drop:
          call: openapi
          with:
            document:
              endpoint: https://pets.example/docs/api
            operationId: dropPet
            parameters:
              {}
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/validation
    status: 404
    """

  # Tests the status of the document's server
  Scenario: A Document That Cannot Be Had Is A Communication Error
    Given the service 'https://pets.example' answers:
    """yaml
    - { path: /docs/api, status: 503, body: {} }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: openapi-missing
      version: '1.0.0'
    do:
      - get:
          call: openapi
          with:
            document:
              endpoint: https://pets.example/docs/api
            operationId: getPet
            parameters:
              id: 1
    """
    When the workflow is executed
    Then the workflow should fault with error:
    """yaml
    type: https://serverlessworkflow.io/spec/1.0.0/errors/communication
    status: 503
    """

  # Tests both policies
  Scenario: An Operation And Its Document Are Each Authenticated
    Given the service 'https://pets.example' answers:
    """yaml
    - path: /docs/api
      headers: { authorization: Bearer docs }
      body: |
        openapi: 3.0.3
        servers:
          - url: '/{stage}/api'
            variables: { stage: { default: live } }
        paths:
          /pets:
            post:
              operationId: addPet
              parameters:
                - { name: X-Trace, in: header, schema: { type: string, maxLength: 8 } }
                - { name: session, in: cookie, schema: { type: string } }
              requestBody:
                required: true
                content:
                  application/json:
                    schema: { $ref: '#/components/schemas/Pet' }
        components:
          schemas:
            Pet:
              type: object
              required: [ name ]
              properties:
                name: { type: string }
                age: { type: integer, nullable: true }
    - { method: post, path: /live/api/pets, headers: { authorization: Basic a2VlcGVyOm9mLXRoZS1waGVhc2FudHM= }, body: { id: 3 } }
    - { status: 401 }
    """
    Given a workflow with definition:
    """yaml
    document:
      dsl: '1.0.3'
      namespace: default
      name: openapi-authenticated
      version: '1.0.0'
    use:
      secrets: [ keeper ]
    do:
      - add:
          call: openapi
          with:
            document:
              endpoint:
                uri: https://pets.example/docs/api
                authentication:
                  bearer: { token: docs }
            operationId: addPet
            parameters: { name: Rex }
            authentication:
              basic: { use: keeper }
    """
    When the workflow is executed
    Then the workflow should complete with output:
    """yaml
    id: 3
    """
