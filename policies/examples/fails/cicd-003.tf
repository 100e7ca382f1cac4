resource "aws_codebuild_project" "web_image" {
  name         = "web-image"
  service_role = "arn:aws:iam::111122223333:role/build"

  artifacts {
    type = "NO_ARTIFACTS"
  }
  environment {
    type            = "LINUX_CONTAINER"
    image           = "aws/codebuild/standard:7.0"
    compute_type    = "BUILD_GENERAL1_SMALL"
    privileged_mode = true
  }
  source {
    type      = "NO_SOURCE"
    buildspec = <<-YAML
      version: 0.2
      phases:
        build:
          commands:
            - docker build -t $REPOSITORY:$TAG .
            - trivy image $REPOSITORY:$TAG
            - docker push $REPOSITORY:$TAG
    YAML
  }
}
