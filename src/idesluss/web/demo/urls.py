"""The demonstration's own way in; these addresses exist nowhere else."""

from django.urls import path

from idesluss.web.demo import views

app_name = "demo"
urlpatterns = [path("demo/", views.people_page, name="people")]
